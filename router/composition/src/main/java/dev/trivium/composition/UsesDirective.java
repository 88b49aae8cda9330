package dev.trivium.composition;

/// Whether a subgraph applies a directive anywhere to a type or field.
final class UsesDirective {
    private UsesDirective() {}

    static boolean uses(SubgraphSchema subgraph, FederationDirective directive) {
        for (TypeElement type : subgraph.model.types.values()) {
            if (type.has(directive)
                    || type.fields.values().stream().anyMatch(field -> field.has(directive))) {
                return true;
            }
        }
        return false;
    }
}
