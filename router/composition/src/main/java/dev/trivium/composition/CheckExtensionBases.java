package dev.trivium.composition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks that every type that is extended is defined in some subgraph.
final class CheckExtensionBases {
    private CheckExtensionBases() {}

    static void check(List<SubgraphSchema> subgraphs, Report report) {
        Set<String> defined = new HashSet<>();
        for (SubgraphSchema subgraph : subgraphs) {
            for (TypeElement type : subgraph.model.types.values()) {
                if (!isExtension(subgraph, type)) {
                    defined.add(type.name);
                }
            }
        }
        for (SubgraphSchema subgraph : subgraphs) {
            for (TypeElement type : subgraph.model.types.values()) {
                if (!defined.contains(type.name) && !subgraph.model.isRoot(type.name)) {
                    report.error(
                            CompositionCode.EXTENSION_WITH_NO_BASE,
                            "[%s] \"%s\" is extended, but no subgraph defines it."
                                    .formatted(subgraph.name, type.name),
                            type.location);
                }
            }
        }
    }

    /// Whether a subgraph only extends a type. In Federation 1, `@extends` says the same as
    /// `extend`.
    static boolean isExtension(SubgraphSchema subgraph, TypeElement type) {
        return !type.hasDefinition()
                || (!subgraph.isFederation2() && type.has(FederationDirective.EXTENDS));
    }
}
