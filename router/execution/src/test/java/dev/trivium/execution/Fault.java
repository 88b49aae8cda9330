package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What may be wrong with the answer of a subgraph.
enum Fault {
    NO_DATA,
    NO_DATA_BUT_AN_ERROR,
    NULL_SOMEWHERE,
    NULL_WITH_AN_ERROR,
    FIELD_MISSING,
    FIELD_TOO_MANY,
    WRONG_TYPE,
    WRONG_LENGTH,
    CUT_OFF,
    GARBAGE,
    HTTP_ERROR,
    TIMEOUT,
    UNAVAILABLE,
    TOO_LARGE;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Whether an answer with this fault says so.
    boolean isSilent() {
        return this == NULL_SOMEWHERE || this == FIELD_MISSING || this == FIELD_TOO_MANY;
    }

    /// @param good the answer without the fault
    Reply apply(Reply.Answer good, Random random) {
        ObjectNode response = (ObjectNode) Engine.JSON.readTree(good.body());
        return switch (this) {
            case NO_DATA -> new Reply.Answer("{\"data\":null}");
            case NO_DATA_BUT_AN_ERROR ->
                    new Reply.Answer("{\"data\":null,\"errors\":[{\"message\":\"fault\"}]}");
            case CUT_OFF -> {
                String text = response.toString();
                yield new Reply.Answer(text.substring(0, random.nextInt(text.length())));
            }
            case GARBAGE -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield new Reply.Answer(200, bytes);
            }
            case HTTP_ERROR -> new Reply.Answer(503, "<html>".getBytes(UTF_8));
            case TIMEOUT -> failure(Failure.Kind.TIMEOUT);
            case UNAVAILABLE -> failure(Failure.Kind.UNAVAILABLE);
            case TOO_LARGE -> failure(Failure.Kind.TOO_LARGE);
            case NULL_SOMEWHERE,
                    NULL_WITH_AN_ERROR,
                    FIELD_MISSING,
                    FIELD_TOO_MANY,
                    WRONG_TYPE,
                    WRONG_LENGTH -> {
                change(response, random);
                yield new Reply.Answer(response.toString());
            }
        };
    }

    private static Reply failure(Failure.Kind kind) {
        return new Reply.NoAnswer(new Failure(kind, "fault"));
    }

    /// A place in an answer: a field of an object, or an element of a list.
    private record Spot(JsonNode parent, Object at, List<Object> path) {
        JsonNode value() {
            return at instanceof String key ? parent.get(key) : parent.get((Integer) at);
        }

        void set(JsonNode value) {
            if (at instanceof String key) {
                ((ObjectNode) parent).set(key, value);
            } else {
                ((ArrayNode) parent).set((Integer) at, value);
            }
        }
    }

    private void change(ObjectNode response, Random random) {
        List<Spot> spots = new ArrayList<>();
        collect(response.get("data"), List.of(), spots);
        spots.removeIf(it -> !fits(it));
        if (spots.isEmpty()) {
            return;
        }
        Spot spot = spots.get(random.nextInt(spots.size()));
        switch (this) {
            case NULL_SOMEWHERE -> spot.set(NODES.nullNode());
            case NULL_WITH_AN_ERROR -> {
                spot.set(NODES.nullNode());
                ObjectNode error = response.putArray("errors").addObject().put("message", "fault");
                error.set("path", Engine.JSON.valueToTree(spot.path));
            }
            case FIELD_MISSING -> ((ObjectNode) spot.parent).remove((String) spot.at);
            case FIELD_TOO_MANY -> ((ObjectNode) spot.parent).put("_more" + spot.at, "x");
            case WRONG_LENGTH -> {
                ArrayNode list = (ArrayNode) spot.value();
                if (list.isEmpty() || random.nextBoolean()) {
                    list.addNull();
                } else {
                    list.remove(list.size() - 1);
                }
            }
            default ->
                    spot.set(
                            switch (random.nextInt(4)) {
                                case 0 -> NODES.objectNode().put("x", 1);
                                case 1 -> NODES.arrayNode().add(true);
                                case 2 -> NODES.stringNode("no such thing");
                                default -> NODES.numberNode(1e99);
                            });
        }
    }

    private boolean fits(Spot spot) {
        return switch (this) {
            case FIELD_MISSING, FIELD_TOO_MANY -> spot.at instanceof String;
            // Of another list nobody knows how long it is.
            case WRONG_LENGTH -> spot.path.size() == 1 && spot.at.toString().startsWith("_e");
            default -> true;
        };
    }

    private static void collect(JsonNode node, List<Object> path, List<Spot> spots) {
        if (node instanceof ObjectNode object) {
            object.forEachEntry((key, value) -> collect(node, key, value, path, spots));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                collect(node, i, array.get(i), path, spots);
            }
        }
    }

    private static void collect(
            JsonNode parent, Object at, JsonNode value, List<Object> path, List<Spot> spots) {
        List<Object> below = new ArrayList<>(path);
        below.add(at);
        spots.add(new Spot(parent, at, below));
        collect(value, below, spots);
    }
}
