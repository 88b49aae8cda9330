package dev.trivium.execution;

import dev.trivium.planner.proof.World.Given;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of a value, in the answer of a subgraph and in a service that graphql-java
/// executes.
sealed interface Change {

    /// What a subgraph answers instead; null where that says nothing.
    @Nullable JsonNode ofSubgraph(JsonNode value);

    /// What the single service gives instead.
    ///
    /// @throws RuntimeException for what graphql-java cannot complete either
    @Nullable Object ofOneService(@Nullable Object value);

    /// A value that its type does not have.
    ///
    /// @param json the value
    record Unreadable(String json) implements Change {
        @Override
        public JsonNode ofSubgraph(JsonNode value) {
            return Engine.JSON.readTree(json);
        }

        @Override
        public Object ofOneService(@Nullable Object value) {
            throw new IllegalStateException(json);
        }
    }

    /// An object of a type that the field does not have. Only an object that says its type can: one
    /// of an interface object says the interface.
    record OtherType(String name, Supergraph supergraph) implements Change {
        @Override
        public @Nullable JsonNode ofSubgraph(JsonNode value) {
            String type = value.path("__typename").asString("");
            return value instanceof ObjectNode object
                            && supergraph.types().get(type) instanceof SupergraphType.ObjectType
                    ? object.put("__typename", name)
                    : null;
        }

        @Override
        public String toString() {
            return name;
        }

        @Override
        public Object ofOneService(@Nullable Object value) {
            throw new IllegalStateException(name);
        }
    }

    /// Another value, which is as good: that of a custom scalar.
    record Text(String text) implements Change {
        @Override
        public JsonNode ofSubgraph(JsonNode value) {
            return Engine.JSON.valueToTree(text);
        }

        @Override
        public Object ofOneService(@Nullable Object value) {
            return text;
        }
    }

    /// A list with one element too many.
    record Longer() implements Change {
        @Override
        public @Nullable JsonNode ofSubgraph(JsonNode value) {
            return value instanceof ArrayNode list ? list.addNull() : null;
        }

        @Override
        public @Nullable Object ofOneService(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return value;
            }
            List<@Nullable Object> longer = new ArrayList<>(list);
            longer.add(null);
            return longer;
        }
    }

    /// What cannot be a value of a type, by the name of the type.
    Map<String, List<String>> UNREADABLE =
            Map.of(
                    "Int", List.of("\"x\"", "2147483648", "-1e99", "1.5", "true", "{}", "[]"),
                    "Float", List.of("\"1\"", "true", "{}", "[]"),
                    "String", List.of("7", "true", "{\"a\":\"b\"}", "[\"a\"]"),
                    "Boolean", List.of("\"true\"", "0", "{}", "[true]"),
                    "ID", List.of("1.5", "true", "{}", "[1]"));

    List<String> NO_ENUM_VALUES = List.of("\"NO_SUCH_VALUE\"", "7", "{}", "[]");
    List<String> NO_OBJECTS = List.of("\"x\"", "7", "true", "[]", "[{}]");
    List<String> NO_LISTS = List.of("\"x\"", "7", "false", "{}");

    /// A change of a value.
    static Change of(Supergraph supergraph, Given given, Random random) {
        String type = given.type().replace("!", "");
        if (type.startsWith("[")) {
            return random.nextBoolean() ? new Longer() : new Unreadable(one(NO_LISTS, random));
        }
        SupergraphType named = supergraph.types().get(type);
        if (named instanceof SupergraphType.EnumType) {
            return new Unreadable(one(NO_ENUM_VALUES, random));
        }
        if (UNREADABLE.containsKey(type)) {
            return new Unreadable(one(UNREADABLE.get(type), random));
        }
        if (named instanceof SupergraphType.ScalarType) {
            return new Text("replaced");
        }
        return random.nextBoolean()
                ? new OtherType("NoSuchType", supergraph)
                : new Unreadable(one(NO_OBJECTS, random));
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
