package dev.trivium.composition;

/// Checks that what a subgraph marks as external stands where it means something, and is used.
final class ValidateExternals {
    private ValidateExternals() {}

    static void validate(SubgraphSchema subgraph, Report report) {
        SubgraphFacts facts = subgraph.facts();
        for (TypeElement type : subgraph.model.types.values()) {
            for (FieldElement field : type.fields.values()) {
                Applied external = field.first(FederationDirective.EXTERNAL);
                if (external != null && type.kind == TypeElement.Kind.INTERFACE) {
                    report.error(
                            CompositionCode.EXTERNAL_ON_INTERFACE,
                            "[%s] \"%s\" is a field of an interface, which cannot have @%s."
                                    .formatted(subgraph.name, field.coordinate(), external.name()),
                            external.location());
                }
                if (facts.isExternal(field)) {
                    validate(subgraph, field, report);
                }
            }
        }
    }

    private static void validate(SubgraphSchema subgraph, FieldElement field, Report report) {
        if (!subgraph.facts().isUsed(field)) {
            report.error(
                    CompositionCode.EXTERNAL_UNUSED,
                    "[%s] \"%s\" is external, but neither a @key, @requires or @provides nor an interface of the subgraph needs it: remove it, or remove @external if the subgraph resolves it."
                            .formatted(subgraph.name, field.coordinate()),
                    field.location);
        }
        Applied provides = field.first(FederationDirective.PROVIDES);
        if (provides != null && field.has(FederationDirective.EXTERNAL)) {
            report.error(
                    CompositionCode.EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE,
                    "[%s] \"%s\" cannot have both @external and @%s: the subgraph does not resolve it, so it provides nothing with it."
                            .formatted(subgraph.name, field.coordinate(), provides.name()),
                    provides.location());
        }
    }
}
