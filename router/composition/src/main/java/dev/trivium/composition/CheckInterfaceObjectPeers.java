package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An interface object needs a subgraph that finds the implementation of each entity by a key of
/// the interface, which those of Federation 1 cannot do, though they may have such a key.
final class CheckInterfaceObjectPeers {
    private CheckInterfaceObjectPeers() {}

    static void check(List<SubgraphSchema> subgraphs, Report report) {
        Map<String, List<Source<TypeElement>>> keyed = new HashMap<>();
        for (SubgraphSchema subgraph : subgraphs) {
            if (!subgraph.isFederation2()) {
                for (TypeElement type : subgraph.model.types(TypeElement.Kind.INTERFACE)) {
                    if (type.has(FederationDirective.KEY)) {
                        keyed.computeIfAbsent(type.name, _ -> new ArrayList<>())
                                .add(new Source<>(subgraph, type));
                    }
                }
            }
        }
        for (SubgraphSchema subgraph : subgraphs) {
            for (TypeElement type : subgraph.model.types.values()) {
                List<Source<TypeElement>> old = keyed.get(type.name);
                if (old != null && CollectTypes.isInterfaceObject(type)) {
                    List<SourceLocation> locations = new ArrayList<>(Source.locations(old));
                    locations.addFirst(type.location);
                    report.error(
                            CompositionCode.INTERFACE_OBJECT_USAGE_ERROR,
                            "[%s] \"%s\" is an @interfaceObject, but the @key of that interface is one of Federation 1 in %s, which cannot find the implementation: upgrade it to Federation 2, or remove the key."
                                    .formatted(subgraph.name, type.name, Source.names(old)),
                            locations);
                }
            }
        }
    }
}
