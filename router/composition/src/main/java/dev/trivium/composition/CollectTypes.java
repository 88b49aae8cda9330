package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the types to merge, checks that their kinds agree, and creates them, empty, in the
/// supergraph. Where a type is an interface, subgraphs may have an interface object for it.
final class CollectTypes {
    private final MergeContext context;
    private final Set<String> mismatched = new HashSet<>();

    CollectTypes(MergeContext context) {
        this.context = context;
    }

    void collect() {
        for (SubgraphSchema subgraph : context.subgraphs) {
            for (TypeElement type : subgraph.model.types.values()) {
                if (!subgraph.isSpecificationType(type.name)) {
                    context.sources
                            .computeIfAbsent(type.name, _ -> new ArrayList<>(2))
                            .add(new Source<>(subgraph, type));
                }
            }
            subgraph.model.schema.roots.forEach(context.merged.schema.roots::putIfAbsent);
        }
        addQueries();
        context.sources.forEach(this::create);
        context.sources.keySet().removeAll(mismatched);
    }

    /// Every subgraph has a query type, if only for `_entities` and `_service`.
    private void addQueries() {
        String query = OperationType.QUERY.defaultTypeName();
        if (!context.sources.containsKey(query)) {
            return;
        }
        List<Source<TypeElement>> sources = new ArrayList<>();
        for (SubgraphSchema subgraph : context.subgraphs) {
            TypeElement own = subgraph.model.type(query);
            sources.add(
                    new Source<>(
                            subgraph,
                            own != null
                                    ? own
                                    : new TypeElement(
                                            TypeElement.Kind.OBJECT, query, SourceLocation.NONE)));
        }
        context.sources.put(query, sources);
    }

    private void create(String name, List<Source<TypeElement>> sources) {
        Set<TypeElement.Kind> kinds = EnumSet.noneOf(TypeElement.Kind.class);
        List<Source<TypeElement>> objects = new ArrayList<>();
        for (Source<TypeElement> source : sources) {
            if (isInterfaceObject(source.element())) {
                objects.add(source);
                kinds.add(TypeElement.Kind.INTERFACE);
            } else {
                kinds.add(source.element().kind);
            }
        }
        TypeElement.Kind kind = kinds.iterator().next();
        if (kinds.size() > 1) {
            reportMismatch(name, sources);
            mismatched.add(name);
        } else if (!objects.isEmpty() && objects.size() == sources.size()) {
            context.report.error(
                    CompositionCode.INTERFACE_OBJECT_USAGE_ERROR,
                    "\"%s\" is an @interfaceObject in every subgraph that has it (%s): one must have the interface itself."
                            .formatted(name, Source.names(sources)),
                    Source.locations(sources));
        }
        if (!objects.isEmpty()) {
            context.interfaceObjects.put(name, objects);
        }
        var type = new TypeElement(kind, name, sources.getFirst().element().location);
        type.blocks.add(Block.GENERATED);
        context.merged.types.put(name, type);
    }

    static boolean isInterfaceObject(TypeElement type) {
        return type.kind == TypeElement.Kind.OBJECT
                && type.has(FederationDirective.INTERFACE_OBJECT);
    }

    private void reportMismatch(String name, List<Source<TypeElement>> sources) {
        Map<String, List<Source<TypeElement>>> byKind = new LinkedHashMap<>();
        for (Source<TypeElement> source : sources) {
            String kind =
                    isInterfaceObject(source.element())
                            ? "Interface Object"
                            : source.element().kind.toString();
            byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(source);
        }
        List<String> parts = new ArrayList<>();
        byKind.forEach((kind, in) -> parts.add(kind + " in " + Source.names(in)));
        context.report.error(
                CompositionCode.TYPE_KIND_MISMATCH,
                "The kind of \"%s\" differs between subgraphs: it is %s."
                        .formatted(name, String.join(", but ", parts)),
                Source.locations(sources));
    }
}
