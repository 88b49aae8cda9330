package dev.trivium.composition;

import java.util.List;

/// Checks that types have the fields of their interfaces also where both come from different
/// subgraphs.
final class CheckMergedInterfaces {
    private final MergeContext context;

    CheckMergedInterfaces(MergeContext context) {
        this.context = context;
    }

    void check() {
        for (TypeElement type : context.merged.types.values()) {
            for (String name : type.interfaces.keySet()) {
                TypeElement itf = context.merged.type(name);
                if (itf != null) {
                    for (FieldElement field : itf.fields.values()) {
                        if (!type.fields.containsKey(field.name)) {
                            report(field, type);
                        }
                    }
                }
            }
        }
    }

    private void report(FieldElement field, TypeElement type) {
        List<Source<TypeElement>> declaring =
                context.sources.getOrDefault(field.parent.name, List.of()).stream()
                        .filter(source -> source.element().fields.containsKey(field.name))
                        .toList();
        List<Source<TypeElement>> implementing =
                context.sources.getOrDefault(type.name, List.of()).stream()
                        .filter(s -> s.element().interfaces.containsKey(field.parent.name))
                        .toList();
        context.report.error(
                CompositionCode.INTERFACE_FIELD_NO_IMPLEM,
                "The interface has the field \"%s\" in %s, but \"%s\", which implements it in %s, has no such field."
                        .formatted(
                                field.coordinate(),
                                Source.names(declaring),
                                type.name,
                                Source.names(implementing)),
                List.of(field.location, type.location));
    }
}
