package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/// Checks that a field that several subgraphs resolve is shareable in all of them.
final class CheckFieldSharing {
    private record Resolver(String description, SourceLocation location, boolean shareable) {}

    private final MergeContext context;

    CheckFieldSharing(MergeContext context) {
        this.context = context;
    }

    void check(List<Source<FieldElement>> sources, FieldElement merged, FieldOverrides overrides) {
        List<Resolver> resolvers = new ArrayList<>();
        for (Source<FieldElement> source : sources) {
            if (!overrides.isOverridden(source.subgraph())) {
                add(source, "", resolvers);
            }
        }
        addInterfaceObjects(merged, resolvers);
        List<Resolver> exclusive = resolvers.stream().filter(r -> !r.shareable).toList();
        if (exclusive.isEmpty() || resolvers.size() < 2) {
            return;
        }
        context.report.error(
                CompositionCode.INVALID_FIELD_SHARING,
                "\"%s\" is resolved by %s, but not marked @shareable in %s."
                        .formatted(
                                merged.coordinate(),
                                names(resolvers),
                                exclusive.size() == resolvers.size()
                                        ? "any of them"
                                        : names(exclusive)),
                resolvers.stream().map(Resolver::location).toList());
    }

    private void addInterfaceObjects(FieldElement merged, List<Resolver> resolvers) {
        for (String itf : merged.parent.interfaces.keySet()) {
            for (Source<TypeElement> object :
                    context.interfaceObjects.getOrDefault(itf, List.of())) {
                FieldElement field = object.element().fields.get(merged.name);
                if (field != null && object.subgraph().model.type(merged.parent.name) == null) {
                    add(
                            new Source<>(object.subgraph(), field),
                            " (by the interface object field \"" + field.coordinate() + "\")",
                            resolvers);
                }
            }
        }
    }

    private static void add(Source<FieldElement> source, String how, List<Resolver> resolvers) {
        SubgraphFacts facts = source.subgraph().facts();
        FieldElement field = source.element();
        if (!facts.isFullyExternal(field)) {
            resolvers.add(
                    new Resolver(
                            "subgraph \"" + source.subgraph().name + "\"" + how,
                            field.location,
                            facts.isShareable(field)));
        }
    }

    private static String names(List<Resolver> resolvers) {
        return String.join(", ", resolvers.stream().map(Resolver::description).toList());
    }
}
