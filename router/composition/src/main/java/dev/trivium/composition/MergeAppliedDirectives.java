package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Merges the directives applied to an element: repeatable ones are collected, of others the
/// arguments are merged or chosen.
final class MergeAppliedDirectives {
    private static final String CACHE_TAG = "federation__cacheTag";

    private record Use(SubgraphSchema subgraph, Applied applied) {}

    private final MergeContext context;

    MergeAppliedDirectives(MergeContext context) {
        this.context = context;
    }

    <E extends Element> void merge(List<Source<E>> sources, Element merged) {
        SequencedMap<String, List<Use>> byName = new LinkedHashMap<>();
        for (Source<E> source : sources) {
            for (Applied applied : source.element().directives) {
                if (context.composed.isMerged(applied, source.subgraph())) {
                    byName.computeIfAbsent(applied.name(), _ -> new ArrayList<>(2))
                            .add(new Use(source.subgraph(), applied));
                }
            }
        }
        byName.values().forEach(uses -> mergeUses(uses, merged));
    }

    private void mergeUses(List<Use> uses, Element merged) {
        Applied first = uses.getFirst().applied;
        if (context.composed.isRepeatable(first)) {
            LinkedHashSet<List<Argument>> seen = new LinkedHashSet<>();
            for (Use use : uses) {
                Applied applied = generated(first, arguments(use));
                if (seen.add(applied.arguments())) {
                    merged.directives.add(applied);
                }
            }
            return;
        }
        SequencedMap<Map<String, Value>, List<Use>> byArguments = new LinkedHashMap<>();
        for (Use use : uses) {
            Map<String, Value> values = new LinkedHashMap<>();
            use.applied.arguments().forEach(a -> values.put(a.name(), a.value()));
            byArguments.computeIfAbsent(values, _ -> new ArrayList<>(2)).add(use);
        }
        if (byArguments.size() == 1) {
            merged.directives.add(generated(first, without(first.arguments())));
            return;
        }
        List<Argument> combined = CombineArguments.combine(applications(uses));
        if (combined != null) {
            merged.directives.add(generated(first, combined));
            hintCombined(uses, merged);
        } else {
            choose(byArguments.sequencedValues().stream().toList(), uses, merged);
        }
    }

    private void choose(List<List<Use>> alternatives, List<Use> uses, Element merged) {
        List<Use> most = alternatives.getFirst();
        for (List<Use> alternative : alternatives) {
            if (alternative.size() > most.size()) {
                most = alternative;
            }
        }
        Applied chosen = most.getFirst().applied;
        merged.directives.add(generated(chosen, without(chosen.arguments())));
        context.report.hint(
                HintCode.INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS,
                "@%s has different arguments on \"%s\"; the supergraph takes those of %s."
                        .formatted(
                                chosen.name(),
                                merged.coordinate(),
                                Names.subgraphs(most.stream().map(u -> u.subgraph.name).toList())),
                uses.stream().map(use -> use.applied.location()).toList());
    }

    private void hintCombined(List<Use> uses, Element merged) {
        context.report.hint(
                HintCode.MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS,
                "@%s has different arguments on \"%s\" in %s; the supergraph combines them."
                        .formatted(
                                uses.getFirst().applied.name(),
                                merged.coordinate(),
                                Names.subgraphs(uses.stream().map(u -> u.subgraph.name).toList())),
                uses.stream().map(use -> use.applied.location()).toList());
    }

    private static List<Applied> applications(List<Use> uses) {
        return uses.stream().map(Use::applied).toList();
    }

    private static Applied generated(Applied like, List<Argument> arguments) {
        return new Applied(like.name(), like.known(), arguments, like.location(), Block.GENERATED);
    }

    /// The names of contexts hold in one subgraph only, so they get its name as a prefix.
    private List<Argument> arguments(Use use) {
        String name = use.applied.text("name");
        if (use.applied.known() == FederationDirective.CONTEXT && name != null) {
            return List.of(
                    Applied.argument(
                            "name",
                            new Value.StringValue(ContextArguments.qualified(use.subgraph, name))));
        }
        return without(use.applied.arguments());
    }

    /// Arguments without their places in the text, so that equal ones are equal.
    private static List<Argument> without(List<Argument> arguments) {
        return arguments.stream().map(a -> Applied.argument(a.name(), a.value())).toList();
    }

    /// Applications that only one of the router's parts understands travel as `@join__directive`.
    <E extends Element> void carry(List<Source<E>> sources, Element merged) {
        if (!context.join.hasDirectives()) {
            return;
        }
        SequencedMap<Applied, List<SubgraphSchema>> carried = new LinkedHashMap<>();
        for (Source<E> source : sources) {
            for (Applied applied : source.element().directives) {
                String name = carriedName(applied, source.subgraph());
                if (name != null) {
                    Applied plain =
                            new Applied(
                                    name,
                                    null,
                                    without(applied.arguments()),
                                    SourceLocation.NONE,
                                    Block.GENERATED);
                    carried.computeIfAbsent(plain, _ -> new ArrayList<>(2)).add(source.subgraph());
                }
            }
        }
        carried.forEach((applied, in) -> merged.directives.add(joinDirective(applied, in)));
    }

    private static @Nullable String carriedName(Applied applied, SubgraphSchema subgraph) {
        if (applied.known() == FederationDirective.CACHE_TAG) {
            return CACHE_TAG;
        }
        if (subgraph.links.feature(Links.CONNECT) == null) {
            return null;
        }
        if (isConnectLink(applied, subgraph)) {
            return "link";
        }
        Links.Origin origin = subgraph.links.ofDirective(applied.name());
        return origin != null && origin.feature().url().identity().equals(Links.CONNECT)
                ? applied.name()
                : null;
    }

    private static boolean isConnectLink(Applied applied, SubgraphSchema subgraph) {
        String url = applied.text("url");
        return applied.name().equals(subgraph.links.linkName())
                && url != null
                && url.startsWith(Links.CONNECT + "/");
    }

    private Applied joinDirective(Applied applied, List<SubgraphSchema> subgraphs) {
        List<Value> graphs = new ArrayList<>();
        for (SubgraphSchema subgraph : subgraphs) {
            graphs.add(new Value.EnumValue(context.join.graph(subgraph)));
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        applied.arguments().forEach(a -> values.put(a.name(), a.value()));
        List<Argument> arguments =
                List.of(
                        Applied.argument("graphs", new Value.ListValue(graphs)),
                        Applied.argument("name", new Value.StringValue(applied.name())),
                        Applied.argument("args", new Value.ObjectValue(values)));
        return JoinSpec.join("directive", arguments);
    }
}
