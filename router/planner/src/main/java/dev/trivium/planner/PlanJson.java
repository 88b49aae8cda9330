package dev.trivium.planner;

import static java.util.stream.Collectors.joining;

import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextValue;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.PlanCost;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes a plan as JSON; {@link PlanPrinter#json} says how it looks.
final class PlanJson {
    private final Supergraph supergraph;

    PlanJson(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    String write(QueryPlan plan) {
        PlanCost cost = PlanCost.of(plan);
        List<String> members = new ArrayList<>();
        members.add(
                member(
                        "cost",
                        "{\"steps\": %d, \"requests\": %d, \"fields\": %d}"
                                .formatted(cost.steps(), cost.requests(), cost.fields())));
        members.add(member("fetches", lines(plan.fetches().stream().map(this::fetch).toList())));
        if (plan.introspection() != null) {
            members.add(member("introspection", quoted(plan.introspection())));
        }
        if (!plan.deferred().isEmpty()) {
            List<String> parts = plan.deferred().stream().map(PlanJson::part).toList();
            members.add(member("deferred", lines(parts)));
        }
        return members.stream().collect(joining(",\n  ", "{\n  ", "\n}\n"));
    }

    private static String lines(List<String> values) {
        return values.isEmpty()
                ? "[]"
                : values.stream().collect(joining(",\n    ", "[\n    ", "\n  ]"));
    }

    private String fetch(Fetch fetch) {
        List<String> members = new ArrayList<>();
        members.add(member("id", String.valueOf(fetch.id())));
        String subgraph = supergraph.subgraphs().get(fetch.subgraph()).name();
        members.add(member("subgraph", quoted(subgraph)));
        members.add(member("kind", quoted(kind(fetch))));
        members.add(member("operation", quoted(fetch.document())));
        members.add(member("variables", texts(fetch.variables())));
        members.add(member("dependencies", fetch.dependencies().toString()));
        addCondition(fetch.condition(), members);
        if (fetch.target() instanceof Fetch.Entities(var groups)) {
            members.add(member("entities", array(groups.stream().map(PlanJson::group).toList())));
        }
        return object(members);
    }

    private static String kind(Fetch fetch) {
        return switch (fetch.target()) {
            case Fetch.Root _ -> fetch.operationType().name().toLowerCase(Locale.ROOT);
            case Fetch.Entities _ -> "entities";
        };
    }

    private static void addCondition(Condition condition, List<String> members) {
        if (!condition.isAlways()) {
            members.add(member("condition", quoted(PlanPrinter.condition(condition))));
        }
    }

    private static String group(EntityGroup group) {
        List<String> members = new ArrayList<>();
        members.add(member("alias", quoted(group.alias())));
        members.add(member("paths", texts(group.paths().stream().map(PlanPrinter::path).toList())));
        members.add(
                member(
                        "requires",
                        array(group.representations().stream().map(PlanJson::sent).toList())));
        if (!group.contexts().isEmpty()) {
            members.add(
                    member(
                            "contexts",
                            array(group.contexts().stream().map(PlanJson::context).toList())));
        }
        return object(members);
    }

    private static String sent(Representation representation) {
        List<String> members = new ArrayList<>();
        members.add(member("types", texts(representation.runtimeTypes())));
        if (representation.typename() != null) {
            members.add(member("typename", quoted(representation.typename())));
        }
        if (representation.untold()) {
            members.add(member("untold", "true"));
        }
        StringBuilder fields = new StringBuilder();
        representation.fields().forEach(field -> PlanPrinter.appendField(field, fields));
        members.add(member("fields", quoted(fields.toString().strip())));
        return object(members);
    }

    private static String context(ContextValue value) {
        return object(
                List.of(
                        member("variable", quoted(value.variable())),
                        member("type", quoted(value.type())),
                        member(
                                "from",
                                texts(
                                        value.sources().stream()
                                                .map(PlanPrinter::source)
                                                .toList()))));
    }

    private static String part(DeferredPart part) {
        List<String> members = new ArrayList<>();
        members.add(member("number", String.valueOf(part.number())));
        members.add(member("outer", String.valueOf(part.outer())));
        if (part.label() != null) {
            members.add(member("label", quoted(part.label())));
        }
        addCondition(part.condition(), members);
        members.add(member("path", quoted(PlanPrinter.at(part))));
        members.add(member("fetches", part.fetches().toString()));
        return object(members);
    }

    private static String member(String name, String value) {
        return quoted(name) + ": " + value;
    }

    private static String object(List<String> members) {
        return "{" + String.join(", ", members) + "}";
    }

    private static String array(List<String> values) {
        return "[" + String.join(", ", values) + "]";
    }

    private static String texts(List<String> texts) {
        return array(texts.stream().map(PlanJson::quoted).toList());
    }

    /// A string literal of JSON.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
