package dev.trivium.benchmarks.gateways;

import static java.util.Objects.requireNonNull;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers GraphQL requests from data in memory: those of gateways to subgraphs, and those of
/// clients, as one service would. Knows what the operations of the benchmark need (fields,
/// fragments, `_entities`, an argument `first`), and trusts the gateways to send valid documents.
final class InMemoryGraph {
    private final ShopData data = new ShopData();

    /// @param request a JSON object with a `query` and perhaps `variables`
    Buffer answer(Buffer request) {
        var json = request.toJsonObject();
        var variables = json.getJsonObject("variables", new JsonObject());
        return new JsonObject().put("data", execute(json.getString("query"), variables)).toBuffer();
    }

    private JsonObject execute(String query, JsonObject variables) {
        return switch (Parser.parseOperation(query, ParserLimits.DEFAULT)) {
            case Outcome.Rejected<Document>(var issues) ->
                    throw new IllegalArgumentException(issues.toString());
            case Outcome.Accepted<Document>(var document) -> {
                var operation = document.definitions(Definition.Operation.class).getFirst();
                var fields = new LinkedHashMap<String, Object>();
                new Selector(fragments(document), variables)
                        .select(operation.selections(), data.root, fields);
                yield new JsonObject(fields);
            }
        };
    }

    private static Map<String, Definition.Fragment> fragments(Document document) {
        var fragments = new LinkedHashMap<String, Definition.Fragment>();
        document.definitions(Definition.Fragment.class).forEach(it -> fragments.put(it.name(), it));
        return fragments;
    }

    /// The entity that a representation stands for. What a representation brings along (the fields
    /// of `@requires`) counts, so that a gateway that brings something else is found out.
    private Map<String, Object> entity(JsonObject representation) {
        var type = representation.getString("__typename");
        var key = representation.getString(type.equals("Product") ? "upc" : "id");
        var entity = data.entities.get(type + ":" + key);
        if (entity == null) {
            throw new IllegalArgumentException("nothing is known of " + representation);
        }
        var merged = new LinkedHashMap<>(entity);
        merged.putAll(representation.getMap());
        return merged;
    }

    /// One request.
    private final class Selector {
        private final Map<String, Definition.Fragment> fragments;
        private final JsonObject variables;

        Selector(Map<String, Definition.Fragment> fragments, JsonObject variables) {
            this.fragments = fragments;
            this.variables = variables;
        }

        void select(
                List<Selection> selections, Map<String, Object> object, Map<String, Object> into) {
            for (var selection : selections) {
                switch (selection) {
                    case Selection.Field field ->
                            into.merge(field.responseKey(), value(field, object), Selector::merged);
                    case Selection.InlineFragment it ->
                            selectIf(it.typeCondition(), it.selections(), object, into);
                    case Selection.FragmentSpread spread -> {
                        var fragment = requireNonNull(fragments.get(spread.fragmentName()));
                        selectIf(fragment.typeCondition(), fragment.selections(), object, into);
                    }
                }
            }
        }

        private void selectIf(
                @Nullable String type,
                List<Selection> selections,
                Map<String, Object> object,
                Map<String, Object> into) {
            if (type == null || type.equals(object.get("__typename"))) {
                select(selections, object, into);
            }
        }

        private Object value(Selection.Field field, Map<String, Object> object) {
            if (field.name().equals("_entities")) {
                return entities(field);
            }
            var value = object.get(field.name());
            if (value == null) {
                throw new IllegalArgumentException(
                        object.get("__typename") + " has no " + field.name());
            }
            return shaped(field, value, object);
        }

        @SuppressWarnings("unchecked") // the data have no other maps and functions
        private Object shaped(Selection.Field field, Object value, Map<String, Object> object) {
            return switch (value) {
                case Function<?, ?> computed ->
                        ((Function<Map<?, ?>, Object>) computed).apply(object);
                case List<?> list -> {
                    var elements = new JsonArray();
                    list.stream()
                            .limit(first(field, list.size()))
                            .forEach(it -> elements.add(shaped(field, it, object)));
                    yield elements;
                }
                case Map<?, ?> nested -> {
                    var into = new LinkedHashMap<String, Object>();
                    select(field.selections(), (Map<String, Object>) nested, into);
                    yield new JsonObject(into);
                }
                default -> value;
            };
        }

        private JsonArray entities(Selection.Field field) {
            var entities = new JsonArray();
            var representations = (List<?>) argument(field, "representations", List.of());
            for (var representation : new JsonArray(new ArrayList<>(representations))) {
                var into = new LinkedHashMap<String, Object>();
                select(field.selections(), entity((JsonObject) representation), into);
                entities.add(new JsonObject(into));
            }
            return entities;
        }

        private int first(Selection.Field field, int fallback) {
            return ((Number) argument(field, "first", fallback)).intValue();
        }

        private Object argument(Selection.Field field, String name, Object fallback) {
            for (Argument argument : field.arguments()) {
                if (argument.name().equals(name)) {
                    return switch (argument.value()) {
                        case Value.IntValue(var digits) -> Integer.valueOf(digits);
                        case Value.Variable(var variable) ->
                                variables.getMap().getOrDefault(variable, fallback);
                        case Value other ->
                                throw new IllegalArgumentException("not known here: " + other);
                    };
                }
            }
            return fallback;
        }

        /// Two fields with one key have values of one shape.
        private static Object merged(Object one, Object other) {
            if (one instanceof JsonObject a && other instanceof JsonObject b) {
                return a.copy().mergeIn(b, true);
            }
            if (one instanceof JsonArray a && other instanceof JsonArray b) {
                var both = new JsonArray();
                for (int i = 0; i < a.size(); i++) {
                    both.add(merged(a.getValue(i), b.getValue(i)));
                }
                return both;
            }
            return one;
        }
    }
}
