package dev.trivium.composition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks that subgraphs that resolve an interface by a key know all of its implementations, and
/// that those with an interface object know none.
final class CheckInterfaceKeys {
    private final MergeContext context;
    private final Map<String, List<String>> implementations = new HashMap<>();

    CheckInterfaceKeys(MergeContext context) {
        this.context = context;
    }

    /// @return whether any subgraph has a key for the interface
    boolean check(List<Source<TypeElement>> sources, TypeElement merged) {
        boolean keyed = false;
        for (Source<TypeElement> source : sources) {
            List<Applied> keys = source.element().all(FederationDirective.KEY);
            keyed |= !keys.isEmpty();
            if (CollectTypes.isInterfaceObject(source.element())) {
                checkObject(source, merged);
            } else {
                keys.stream()
                        .filter(key -> key.flag("resolvable", true))
                        .findFirst()
                        .ifPresent(key -> checkKey(source, key, merged));
            }
        }
        return keyed;
    }

    private void checkKey(Source<TypeElement> source, Applied key, TypeElement merged) {
        List<String> missing = new ArrayList<>();
        for (String name : implementations(merged.name)) {
            TypeElement own = source.subgraph().model.type(name);
            if (own == null || !own.interfaces.containsKey(merged.name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            context.report.error(
                    CompositionCode.INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE,
                    "[%s] The interface \"%s\" has a key that the subgraph resolves, @%s(fields: \"%s\"), so the subgraph must have all implementations; %s is missing there."
                            .formatted(
                                    source.subgraph().name,
                                    merged.name,
                                    key.name(),
                                    key.text("fields"),
                                    Names.list(missing)),
                    key.location());
        }
    }

    private void checkObject(Source<TypeElement> source, TypeElement merged) {
        List<String> present =
                implementations(merged.name).stream()
                        .filter(name -> source.subgraph().model.type(name) != null)
                        .toList();
        if (!present.isEmpty()) {
            context.report.error(
                    CompositionCode.INTERFACE_OBJECT_USAGE_ERROR,
                    "[%s] \"%s\" is an @interfaceObject, so the subgraph cannot have implementations of that interface, but it has %s."
                            .formatted(source.subgraph().name, merged.name, Names.list(present)),
                    source.element().location);
        }
    }

    /// The object types that implement an interface in the supergraph.
    private List<String> implementations(String interfaceName) {
        if (implementations.isEmpty()) {
            for (TypeElement type : context.merged.types.values()) {
                if (type.kind == TypeElement.Kind.OBJECT) {
                    for (String itf : type.interfaces.keySet()) {
                        implementations.computeIfAbsent(itf, _ -> new ArrayList<>()).add(type.name);
                    }
                }
            }
        }
        return implementations.getOrDefault(interfaceName, List.of());
    }
}
