package dev.trivium.composition;

import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.LinkedSpecs;
import java.util.List;

/// Rejects elements of the schema that refer to types which clients do not see, because by their
/// names they belong to a specification that the supergraph links: `tag__Kind`, where it has
/// `@tag`.
final class CheckSpecificationTypes {
    private final SchemaModel supergraph;
    private final LinkedSpecs links;
    private final Report report;

    private CheckSpecificationTypes(SchemaModel supergraph, LinkedSpecs links, Report report) {
        this.supergraph = supergraph;
        this.links = links;
        this.report = report;
    }

    /// @param supergraph with its links
    static void check(SchemaModel supergraph, LinkedSpecs links, Report report) {
        var check = new CheckSpecificationTypes(supergraph, links, report);
        supergraph.types.values().stream()
                .filter(type -> links.ownerOfType(type.name) == null)
                .forEach(check::type);
    }

    private void type(TypeElement type) {
        type.interfaces.keySet().forEach(name -> reference(type, name));
        type.members.keySet().forEach(name -> reference(type, name));
        type.inputs.values().forEach(input -> reference(input, input.type));
        for (FieldElement field : type.fields.values()) {
            reference(field, field.type);
            field.arguments.values().forEach(argument -> reference(argument, argument.type));
        }
    }

    private void reference(Element from, TypeReference type) {
        reference(from, type.namedType());
    }

    /// The types of some specifications are not even merged.
    private void reference(Element from, String typeName) {
        boolean merged =
                supergraph.types.containsKey(typeName)
                        || SchemaModel.BUILT_IN_SCALARS.contains(typeName);
        if (!merged || links.ownerOfType(typeName) != null) {
            report.error(
                    CompositionCode.REFERENCED_INACCESSIBLE,
                    "\"%s\" refers to \"%s\", which by its name belongs to a specification, and of those clients see nothing."
                            .formatted(from.coordinate(), typeName),
                    List.of(from.location));
        }
    }
}
