package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Subgraphs that fail now and then, in all ways that are known. There is one response for each
/// request; what differs from that of a single service is null, and an error says why.
///
/// See {@link Campaign} for longer runs.
class FaultsTest {

    /// These leave the values as they are that arrive.
    private static final Set<Fault> LOSSES =
            EnumSet.complementOf(
                    EnumSet.of(Fault.NULL_SOMEWHERE, Fault.NULL_WITH_AN_ERROR, Fault.WRONG_TYPE));

    @Test
    void whatIsLostIsNullAndAnErrorSaysWhy() {
        int[] damaged = {0};
        Campaign.forEachOperation((world, engine, operation, random) -> {
            Fault fault = one(List.copyOf(LOSSES), random);
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts =
                        engine.run(
                                engine.plan(operation),
                                variables,
                                faulty(engine, random, _ -> fault),
                                random);
                assertThat(parts).hasSize(1);
                JsonNode response = response(parts.getFirst());
                JsonNode expected = Engine.JSON.valueToTree(world.answer(operation, variables));
                List<List<Object>> lost = new ArrayList<>();
                collectLost(expected, response.get("data"), List.of(), lost);
                damaged[0] += lost.isEmpty() ? 0 : 1;
                assertThat(lost.isEmpty() || fault != Fault.FIELD_TOO_MANY).isTrue();
                if (!fault.isSilent() && response.path("errors").size() < ErrorLog.LIMIT) {
                    assertThat(lost)
                            .as(fault + " " + response)
                            .allMatch(it -> explained(it, response));
                }
            }
        });
        assertThat(damaged[0]).isGreaterThan(Campaign.OPERATIONS / 5);
    }

    @Test
    void anyFaultsLeaveAResponse() {
        Campaign.forEachOperation((world, engine, operation, random) -> {
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                engine.run(
                                engine.plan(operation),
                                variables,
                                faulty(engine, random, FaultsTest::any),
                                random)
                        .forEach(FaultsTest::response);
            }
        });
    }

    @Test
    void anyFaultsLeaveParts() {
        Campaign.forEachOperation((world, engine, operation, random) -> {
            String deferring = RandomFederationsTest.deferring(operation, random);
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts =
                        engine.run(
                                engine.planWithDefer(deferring),
                                variables,
                                faulty(engine, random, FaultsTest::any),
                                random);
                parts.forEach(FaultsTest::response);
                DeferredParts.together(parts);
            }
        });
    }

    private static Fault any(Random random) {
        return one(List.of(Fault.values()), random);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /// Some of the answers have a fault. A subgraph may refuse what follows from that.
    private static Function<SubgraphRequest, Reply> faulty(
            Engine engine, Random random, Function<Random, Fault> faults) {
        return request -> {
            Reply good;
            try {
                good = engine.answer(request);
            } catch (AssertionError | RuntimeException refused) {
                return new Reply.Answer("{\"data\":null,\"errors\":[{\"message\":\"refused\"}]}");
            }
            return random.nextInt(3) == 0
                    ? faults.apply(random).apply((Reply.Answer) good, random)
                    : good;
        };
    }

    /// A part, which must be a response: errors in their form, and each at a null, at a value that
    /// is there nevertheless, or below one.
    private static JsonNode response(Part part) {
        JsonNode response = Engine.JSON.readTree(Engine.text(part));
        assertThat(response.has("data")).isTrue();
        assertThat(!response.get("data").isNull() || response.has("errors"))
                .as(response.toString())
                .isTrue();
        for (JsonNode error : response.path("errors")) {
            assertThat(error.get("message").isString()).isTrue();
            assertThat(error.at("/extensions/code").isString()).isTrue();
        }
        return response;
    }

    /// The positions that have a value in one of the answers only.
    private static void collectLost(
            JsonNode expected, JsonNode actual, List<Object> path, List<List<Object>> lost) {
        if (actual.isNull() && !expected.isNull()) {
            lost.add(path);
        } else if (expected.isObject()) {
            assertThat(actual.propertyNames())
                    .as(path.toString())
                    .isEqualTo(expected.propertyNames());
            expected.forEachEntry(
                    (key, value) -> collectLost(value, actual.get(key), with(path, key), lost));
        } else if (expected.isArray()) {
            assertThat(actual.size()).as(path.toString()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                collectLost(expected.get(i), actual.get(i), with(path, i), lost);
            }
        } else {
            assertThat(actual).as(path.toString()).isEqualTo(expected);
        }
    }

    private static List<Object> with(List<Object> path, Object segment) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    /// Whether there is an error at a position, above it or below it.
    private static boolean explained(List<Object> position, JsonNode response) {
        for (JsonNode error : response.path("errors")) {
            boolean fits = error.has("path");
            for (int i = 0; fits && i < Math.min(position.size(), error.get("path").size()); i++) {
                fits = position.get(i).toString().equals(error.get("path").get(i).asString());
            }
            if (fits) {
                return true;
            }
        }
        return false;
    }
}
