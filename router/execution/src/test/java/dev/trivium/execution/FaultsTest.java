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
/// request or event; what differs from that of a single service is null, and an error says why.
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
                JsonNode expected = Engine.JSON.valueToTree(world.answer(operation, variables));
                JsonNode data = Losses.response(parts.getFirst()).get("data");
                damaged[0] += check(fault, expected, data, parts);
            }
        });
        assertThat(damaged[0]).isGreaterThan(Campaign.OPERATIONS / 5);
    }

    @Test
    void whatIsLostOfDeferredPartsIsExplainedByOneOfThem() {
        int[] damaged = {0};
        Campaign.forEachOperation((world, engine, operation, random) -> {
            Fault fault = one(List.copyOf(LOSSES), random);
            String deferring = RandomFederationsTest.deferring(operation, random);
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts =
                        engine.run(
                                engine.planWithDefer(deferring),
                                variables,
                                faulty(engine, random, _ -> fault),
                                random);
                JsonNode expected = Engine.JSON.valueToTree(world.answer(operation, variables));
                JsonNode data = DeferredParts.together(parts).get("data");
                damaged[0] += parts.size() > 1 ? check(fault, expected, data, parts) : 0;
            }
        });
        assertThat(damaged[0]).isGreaterThan(Campaign.OPERATIONS / 50);
    }

    @Test
    void whatIsLostOfAnEventIsNullAndAnErrorOfTheEventSaysWhy() {
        int[] damaged = {0};
        Campaign.forEachSubscription((world, engine, operation, random) -> {
            Fault fault = one(List.copyOf(LOSSES), random);
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Map<String, @Nullable Object>> expected = world.events(operation, variables);
                List<Part> parts =
                        engine.subscribe(
                                engine.plan(operation),
                                variables,
                                request -> faultyEvents(engine, request, fault, random),
                                faulty(engine, random, _ -> fault),
                                random);
                boolean lostSource = parts.stream().anyMatch(Part::last);
                List<Part> events = lostSource ? parts.subList(0, parts.size() - 1) : parts;
                assertThat(lostSource || events.size() == expected.size()).isTrue();
                for (int i = 0; i < events.size(); i++) {
                    damaged[0] +=
                            check(
                                    fault,
                                    Engine.JSON.valueToTree(expected.get(i)),
                                    Losses.response(events.get(i)).get("data"),
                                    List.of(events.get(i)));
                }
            }
        });
        assertThat(damaged[0]).isGreaterThan(Campaign.OPERATIONS / 20);
    }

    private static List<Reply> faultyEvents(
            Engine engine, SubgraphRequest request, Fault fault, Random random) {
        List<Reply> events = new ArrayList<>();
        for (Reply event : engine.events(request)) {
            events.add(random.nextInt(4) == 0 ? fault.apply((Reply.Answer) event, random) : event);
        }
        return events;
    }

    /// @return 1 if something is lost
    private static int check(Fault fault, JsonNode expected, JsonNode data, List<Part> parts) {
        List<JsonNode> errors = Losses.errors(parts);
        List<Losses.Loss> lost = Losses.between(expected, data, parts.size() > 1);
        assertThat(lost.isEmpty() || fault != Fault.FIELD_TOO_MANY).isTrue();
        if (!fault.isSilent() && errors.size() < ErrorLog.LIMIT) {
            assertThat(lost)
                    .as(fault + " " + data + " " + errors)
                    .allMatch(it -> Losses.isExplained(it, errors, parts));
        }
        return lost.isEmpty() ? 0 : 1;
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
                        .forEach(Losses::response);
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
                parts.forEach(Losses::response);
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
}
