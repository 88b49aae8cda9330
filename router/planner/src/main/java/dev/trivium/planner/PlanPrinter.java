package dev.trivium.planner;

import static java.util.stream.Collectors.joining;

import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.List;

/// Shows a query plan to people and programs.
public final class PlanPrinter {
    private final Supergraph supergraph;

    /// @param supergraph the one that the plans are for
    public PlanPrinter(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    /// The fetches in their order, each with what it waits for:
    ///
    ///     QueryPlan {
    ///       Fetch 0 (auth) {
    ///         {me{__typename id}}
    ///       }
    ///       Fetch 1 (events) after 0 {
    ///         me: User {__typename id} =>
    ///         query(…){_entities(…){...on User{events}}}
    ///       }
    ///     }
    public String text(QueryPlan plan) {
        StringBuilder out = new StringBuilder("QueryPlan {\n");
        for (Fetch fetch : plan.fetches()) {
            out.append("  Fetch ").append(fetch.id());
            out.append(" (").append(name(fetch)).append(')');
            if (!fetch.dependencies().isEmpty()) {
                out.append(" after ").append(joined(fetch.dependencies()));
            }
            if (!fetch.condition().isAlways()) {
                out.append(" if ").append(condition(fetch.condition()));
            }
            out.append(" {\n");
            if (fetch.target() instanceof Fetch.Entities(var groups)) {
                groups.forEach(group -> appendGroup(group, out));
            }
            out.append("    ").append(fetch.document()).append("\n  }\n");
        }
        if (plan.introspection() != null) {
            out.append("  Introspection {\n    ");
            out.append(plan.introspection()).append("\n  }\n");
        }
        plan.deferred().forEach(part -> appendPart(part, out));
        return out.append("}\n").toString();
    }

    private static void appendPart(DeferredPart part, StringBuilder out) {
        out.append("  Deferred ").append(part.number());
        out.append(part.label() == null ? "" : " " + PlanJson.quoted(part.label()));
        out.append(part.outer() == 0 ? "" : " in " + part.outer());
        out.append(part.path().isEmpty() ? "" : " at " + at(part));
        if (!part.fetches().isEmpty()) {
            out.append(" after ").append(joined(part.fetches()));
        }
        if (!part.condition().isAlways()) {
            out.append(" if ").append(condition(part.condition()));
        }
        out.append(" {\n    {");
        out.append(part.output().stream().map(PlanPrinter::keys).collect(joining(" ")));
        out.append("}\n  }\n");
    }

    static String at(DeferredPart part) {
        return path(
                part.path().stream()
                        .map(step -> new PathStep(step.responseKey(), step.types()))
                        .toList());
    }

    private static String keys(OutputField field) {
        return field.selections().isEmpty()
                ? field.responseKey()
                : field.selections().stream()
                        .map(PlanPrinter::keys)
                        .collect(joining(" ", field.responseKey() + "{", "}"));
    }

    private void appendGroup(EntityGroup group, StringBuilder out) {
        for (List<PathStep> path : group.paths()) {
            out.append("    ").append(path(path)).append('\n');
        }
        for (Representation representation : group.representations()) {
            out.append("      ").append(String.join("|", representation.runtimeTypes()));
            out.append(representation.untold() ? "|?" : "");
            out.append(" {__typename");
            String sent = representation.typename();
            out.append(sent == null ? "" : ":" + sent);
            representation.fields().forEach(field -> appendField(field, out));
            out.append("} => ").append(group.alias()).append('\n');
        }
        for (ContextValue value : group.contexts()) {
            out.append("      $").append(value.variable()).append(": ");
            out.append(value.sources().stream().map(PlanPrinter::source).collect(joining(" or ")));
            out.append('\n');
        }
    }

    static String source(ContextSource source) {
        String types = source.types().isEmpty() ? "" : String.join("|", source.types()) + " ";
        String value = source.planKeys().isEmpty() ? "null" : String.join(".", source.planKeys());
        return types + source.up() + " up, " + value;
    }

    static void appendField(RepresentationField field, StringBuilder out) {
        out.append(' ').append(field.name());
        if (!field.planKey().equals(field.name())) {
            out.append('=').append(field.planKey());
        }
        if (!field.types().isEmpty()) {
            out.append(" on ").append(String.join("|", field.types()));
        }
        if (!field.fields().isEmpty()) {
            StringBuilder below = new StringBuilder();
            field.fields().forEach(it -> appendField(it, below));
            out.append(" {").append(below, 1, below.length()).append('}');
        }
    }

    /// `user.items[Book].author`: the authors of the books among the items.
    static String path(List<PathStep> path) {
        StringBuilder out = new StringBuilder();
        for (PathStep step : path) {
            if (!step.types().isEmpty()) {
                out.append('[').append(String.join("|", step.types())).append(']');
            }
            out.append(out.isEmpty() ? "" : ".").append(step.planKey());
        }
        return out.toString();
    }

    static String condition(Condition condition) {
        return condition.literals().stream()
                .map(it -> (it.value() ? "$" : "not $") + it.variable())
                .collect(joining(" and "));
    }

    private String name(Fetch fetch) {
        return supergraph.subgraphs().get(fetch.subgraph()).name();
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    /// The plan as JSON:
    ///
    ///     {"cost": {"steps", "requests", "fields"},
    ///      "fetches": [{"id", "subgraph", "kind", "operation", "variables", "dependencies",
    ///        "condition"?, "entities"?: [{"alias", "paths", "requires": [{"types", "typename"?,
    ///        "untold"?, "fields"}], "contexts"?: [{"variable", "type", "from"}]}]}],
    ///      "introspection"?,
    ///      "deferred"?: [{"number", "outer", "label"?, "condition"?, "path", "fetches"}]}
    ///
    /// The kind is `query`, `mutation` or `subscription` at the root, else `entities`.
    public String json(QueryPlan plan) {
        return new PlanJson(supergraph).write(plan);
    }

    /// The dependencies as a Mermaid flowchart.
    public String mermaid(QueryPlan plan) {
        StringBuilder out = new StringBuilder("flowchart LR\n");
        for (Fetch fetch : plan.fetches()) {
            out.append("  f").append(fetch.id()).append("[\"").append(fetch.id()).append(' ');
            out.append(name(fetch)).append("<br/>").append(what(fetch)).append("\"]\n");
            for (int dependency : fetch.dependencies()) {
                out.append("  f").append(dependency);
                out.append(" --> f").append(fetch.id()).append('\n');
            }
        }
        return out.toString();
    }

    private static String what(Fetch fetch) {
        return switch (fetch.target()) {
            case Fetch.Root(var selections) ->
                    selections.stream().map(Fetch.FetchField::planKey).collect(joining(", "));
            case Fetch.Entities(var groups) ->
                    groups.stream()
                            .flatMap(group -> group.paths().stream())
                            .map(PlanPrinter::path)
                            .collect(joining("<br/>"));
        };
    }
}
