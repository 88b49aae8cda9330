package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Subgraphs over one graph of data in memory. They answer what they are asked for and check
/// nothing: a null in a non-null place goes out as it is.
final class FakeGraph {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Document schema;
    private final Map<String, Object> root;

    /// The entities by type and key, `User:1`.
    private final Map<String, Map<String, Object>> entities;

    FakeGraph(
            Document schema, Map<String, Object> root, Map<String, Map<String, Object>> entities) {
        this.schema = schema;
        this.root = root;
        this.entities = entities;
    }

    Reply answer(SubgraphRequest request) {
        JsonNode body = JSON.readTree(request.body());
        Document document = TestSchema.operation(body.get("query").asString());
        JsonNode variables = body.path("variables");
        Definition.Operation operation =
                document.definitions(Definition.Operation.class).getFirst();
        Map<String, Object> data = new LinkedHashMap<>();
        select(written(operation.selections(), document), root, variables, data);
        return new Reply.Answer(200, JSON.writeValueAsString(Map.of("data", data)).getBytes(UTF_8));
    }

    /// Selections with their fragments written out.
    private static List<Selection> written(List<Selection> selections, Document document) {
        return selections.stream().map(it -> written(it, document)).toList();
    }

    private static Selection written(Selection selection, Document document) {
        return switch (selection) {
            case Selection.Field it ->
                    new Selection.Field(
                            it.alias(),
                            it.name(),
                            it.arguments(),
                            it.directives(),
                            written(it.selections(), document),
                            it.location());
            case Selection.InlineFragment it ->
                    new Selection.InlineFragment(
                            it.typeCondition(),
                            it.directives(),
                            written(it.selections(), document),
                            it.location());
            case Selection.FragmentSpread it -> {
                Definition.Fragment fragment =
                        document.definitions(Definition.Fragment.class).stream()
                                .filter(other -> other.name().equals(it.fragmentName()))
                                .findFirst()
                                .orElseThrow();
                yield new Selection.InlineFragment(
                        fragment.typeCondition(),
                        it.directives(),
                        written(fragment.selections(), document),
                        it.location());
            }
        };
    }

    private void select(
            List<Selection> selections,
            Map<String, Object> object,
            JsonNode variables,
            Map<String, Object> out) {
        for (Selection selection : selections) {
            if (!included(selection.directives(), variables)) {
                continue;
            }
            switch (selection) {
                case Selection.Field field ->
                        out.merge(
                                field.responseKey(),
                                boxed(value(field, object, variables)),
                                FakeGraph::merged);
                case Selection.InlineFragment fragment -> {
                    if (applies(fragment.typeCondition(), object)) {
                        select(fragment.selections(), object, variables, out);
                    }
                }
                case Selection.FragmentSpread spread -> throw new AssertionError(spread);
            }
        }
    }

    /// A map cannot merge nulls.
    private static final Object NOTHING = JSON.nullNode();

    private static Object boxed(@Nullable Object value) {
        return value == null ? NOTHING : value;
    }

    @SuppressWarnings("unchecked") // Objects of the answer are maps with string keys.
    private static Object merged(Object first, Object second) {
        if (first instanceof Map<?, ?> && second instanceof Map<?, ?>) {
            Map<String, Object> merged = new LinkedHashMap<>((Map<String, Object>) first);
            ((Map<String, Object>) second)
                    .forEach((key, value) -> merged.merge(key, value, FakeGraph::merged));
            return merged;
        }
        if (first instanceof List<?> a && second instanceof List<?> b) {
            List<Object> merged = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                merged.add(merged(a.get(i), b.get(i)));
            }
            return merged;
        }
        return second;
    }

    private static boolean included(List<Directive> directives, JsonNode variables) {
        for (Directive directive : directives) {
            boolean value =
                    switch (Objects.requireNonNull(directive.argument("if"))) {
                        case Value.Variable(var name) -> variables.get(name).asBoolean();
                        case Value.BooleanValue(var literal) -> literal;
                        default -> throw new AssertionError(directive.toString());
                    };
            if (value != directive.name().equals("include")) {
                return false;
            }
        }
        return true;
    }

    private boolean applies(@Nullable String type, Map<String, Object> object) {
        String name = (String) object.get("__typename");
        return type == null || TestSchema.possibleTypes(schema, type).contains(name);
    }

    private @Nullable Object value(
            Selection.Field field, Map<String, Object> object, JsonNode variables) {
        if (!field.name().equals("_entities")) {
            return shape(field, object.get(field.name()), variables);
        }
        Value argument = field.arguments().getFirst().value();
        List<Object> found = new ArrayList<>();
        for (JsonNode representation : variables.get(((Value.Variable) argument).name())) {
            found.add(shape(field, entity(representation), variables));
        }
        return found;
    }

    /// @return null for an entity that is not found, or that comes without what it must come with
    private @Nullable Map<String, Object> entity(JsonNode representation) {
        String type = representation.get("__typename").asString();
        JsonNode key =
                representation.has("id") ? representation.get("id") : representation.get("upc");
        Map<String, Object> entity = entities.get(type + ':' + key.asString());
        if (entity == null) {
            return null;
        }
        for (String required : List.of("price", "weight")) {
            JsonNode given = representation.get(required);
            if (given != null && !JSON.valueToTree(entity.get(required)).equals(given)) {
                throw new AssertionError(representation + " for " + type);
            }
        }
        return entity;
    }

    @SuppressWarnings("unchecked") // Objects of the graph are maps with string keys.
    private @Nullable Object shape(
            Selection.Field field, @Nullable Object value, JsonNode variables) {
        if (value instanceof List<?> list) {
            List<Object> shaped = new ArrayList<>();
            list.forEach(element -> shaped.add(shape(field, element, variables)));
            return shaped;
        }
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> shaped = new LinkedHashMap<>();
            select(field.selections(), (Map<String, Object>) object, variables, shaped);
            return shaped;
        }
        return value;
    }
}
