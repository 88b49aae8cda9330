package dev.trivium.composition;

import java.util.HashSet;
import java.util.Set;

/// Checks the places of `@shareable`: on fields of object types, and once for each declaration.
final class ValidateShareable {
    private ValidateShareable() {}

    static void validate(SubgraphSchema subgraph, Report report) {
        for (TypeElement type : subgraph.model.types.values()) {
            checkOnce(subgraph, type, report);
            for (FieldElement field : type.fields.values()) {
                Applied shareable = field.first(FederationDirective.SHAREABLE);
                if (shareable != null && type.kind == TypeElement.Kind.INTERFACE) {
                    report.error(
                            CompositionCode.INVALID_SHAREABLE_USAGE,
                            "[%s] \"%s\" is a field of an interface; only those of object types can be @%s."
                                    .formatted(subgraph.name, field.coordinate(), shareable.name()),
                            shareable.location());
                }
                checkOnce(subgraph, field, report);
            }
        }
    }

    private static void checkOnce(SubgraphSchema subgraph, Element element, Report report) {
        Set<Block> seen = new HashSet<>();
        for (Applied applied : element.all(FederationDirective.SHAREABLE)) {
            if (!seen.add(applied.block())) {
                report.error(
                        CompositionCode.INVALID_SHAREABLE_USAGE,
                        "[%s] \"%s\" has @%s twice in one declaration; a type may repeat it only in an extension."
                                .formatted(subgraph.name, element.coordinate(), applied.name()),
                        applied.location());
            }
        }
    }
}
