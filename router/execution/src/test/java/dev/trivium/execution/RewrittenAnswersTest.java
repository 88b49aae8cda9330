package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// However a subgraph writes an answer, the response is the same. Short cuts are taken where
/// objects are equal to the byte, or have their fields in the order of the request; white space,
/// another order and keys that nobody asked for lead around them.
///
/// See {@link Campaign} for longer runs.
class RewrittenAnswersTest {

    private static final List<String> SPACES = List.of("", " ", "\n  ", "\t", "    ", "\r\n");

    /// An object where a key should be would go into the next request as it is written.
    private static final List<Fault> FAULTS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.WRONG_TYPE)));

    @Test
    void goodAndFaultyAnswers() {
        Campaign.forEachOperation((world, engine, operation, random) -> {
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                check(
                        engine,
                        engine.plan(operation),
                        variables,
                        request -> faulty(engine, request, random),
                        random);
            }
        });
    }

    @Test
    void deferredParts() {
        Campaign.forEachOperation((world, engine, operation, random) -> {
            QueryPlan plan =
                    engine.planWithDefer(RandomFederationsTest.deferring(operation, random));
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                check(engine, plan, variables, request -> faulty(engine, request, random), random);
            }
        });
    }

    private static void check(
            Engine engine,
            QueryPlan plan,
            Map<String, @Nullable Object> variables,
            Function<SubgraphRequest, Reply> behaviour,
            Random random) {
        Map<List<Object>, Reply> replies = new HashMap<>();
        long order = random.nextLong();
        List<JsonNode> expected =
                responses(
                        engine.run(
                                plan,
                                variables,
                                request ->
                                        replies.computeIfAbsent(
                                                key(request), _ -> behaviour.apply(request)),
                                new Random(order)));
        List<JsonNode> rewritten =
                responses(
                        engine.run(
                                plan,
                                variables,
                                request -> rewritten(reply(replies, request), random),
                                new Random(order)));
        assertThat(rewritten).hasToString(expected.toString());
    }

    private static Reply reply(Map<List<Object>, Reply> replies, SubgraphRequest request) {
        Reply reply = replies.get(key(request));
        assertThat(reply).as("a request that the first run did not send").isNotNull();
        return reply;
    }

    private static List<Object> key(SubgraphRequest request) {
        return List.of(request.subgraph(), Engine.JSON.readTree(request.body()).toString());
    }

    private static List<JsonNode> responses(List<Part> parts) {
        return parts.stream().map(it -> Engine.JSON.readTree(Engine.text(it))).toList();
    }

    private static Reply faulty(Engine engine, SubgraphRequest request, Random random) {
        Reply good;
        try {
            good = engine.answer(request);
        } catch (AssertionError | RuntimeException refused) {
            return new Reply.Answer("{\"data\":null,\"errors\":[{\"message\":\"refused\"}]}");
        }
        return random.nextInt(3) == 0
                ? FAULTS.get(random.nextInt(FAULTS.size())).apply((Reply.Answer) good, random)
                : good;
    }

    private static Reply rewritten(Reply reply, Random random) {
        if (!(reply instanceof Reply.Answer(int status, byte[] body))) {
            return reply;
        }
        JsonNode response;
        try {
            response = Engine.JSON.readTree(body);
        } catch (JacksonException _) {
            return reply;
        }
        StringBuilder data = new StringBuilder();
        write(response.path("data"), data, random);
        StringJoiner out = new StringJoiner(",", "{", "}");
        response.forEachEntry(
                (key, value) -> out.add('"' + key + "\":" + (key.equals("data") ? data : value)));
        return new Reply.Answer(status, out.toString().getBytes(UTF_8));
    }

    private static void write(JsonNode node, StringBuilder out, Random random) {
        space(out, random);
        if (node instanceof ObjectNode object) {
            fields(object, out, random);
        } else if (node.isArray() && holdsObjects(node)) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : ",");
                write(node.get(i), out, random);
            }
            out.append(']');
        } else {
            out.append(node);
        }
        space(out, random);
    }

    /// Lists of leaves are keys now and then, and stay as they are.
    private static boolean holdsObjects(JsonNode list) {
        return list.valueStream()
                .anyMatch(it -> it.isObject() || (it.isArray() && holdsObjects(it)));
    }

    private static void fields(ObjectNode object, StringBuilder out, Random random) {
        List<String> keys = new ArrayList<>(object.propertyNames());
        if (random.nextInt(4) == 0) {
            Collections.shuffle(keys, random);
        }
        out.append('{');
        for (String key : keys) {
            if (random.nextInt(8) == 0) {
                // Nobody asked for it, or it is not the last with its key.
                field(random.nextBoolean() ? "x" + key : key, out, random);
                out.append(Arrays.asList("7", "[{}]", "\"\\u0041\"").get(random.nextInt(3)));
                out.append(',');
            }
            field(key, out, random);
            write(object.get(key), out, random);
            out.append(',');
        }
        if (!keys.isEmpty()) {
            out.setLength(out.length() - 1);
        }
        space(out, random);
        out.append('}');
    }

    private static void field(String key, StringBuilder out, Random random) {
        space(out, random);
        out.append('"').append(key).append('"');
        space(out, random);
        out.append(':');
    }

    private static void space(StringBuilder out, Random random) {
        out.append(random.nextInt(3) == 0 ? SPACES.get(random.nextInt(SPACES.size())) : "");
    }
}
