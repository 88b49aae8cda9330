package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.planner.NormalizedOperation;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.planner.proof.PlanChecker;
import dev.trivium.planner.proof.Spot;
import dev.trivium.planner.proof.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/// Plans operations over a world and runs them, the subgraphs answering in any order.
final class Engine {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final TypeReference<Map<String, @Nullable Object>> MAP =
            new TypeReference<>() {};

    private final World world;
    private final Planner planner;
    private final PlanChecker checker;

    Engine(World world) {
        this.world = world;
        this.planner = new Planner(world.supergraph());
        this.checker = new PlanChecker(world.supergraph());
    }

    QueryPlan plan(String operation) {
        Document document = TestSchema.operation(operation);
        return checked(document, planner.normalize(document, null));
    }

    QueryPlan planWithDefer(String operation) {
        Document document = TestSchema.operation(operation);
        return checked(document, planner.normalizeWithDefer(document, null));
    }

    private QueryPlan checked(Document document, Outcome<NormalizedOperation> normalized) {
        QueryPlan plan =
                TestSchema.accepted(
                        normalized.then(it -> planner.plan(it, new PlanInputs(world.labels()))));
        assertThat(checker.problems(plan, document, null, world.labels())).isEmpty();
        return plan;
    }

    List<Part> run(
            QueryPlan plan, Map<String, @Nullable Object> variables, RandomGenerator random) {
        return run(plan, variables, this::answer, random);
    }

    List<Part> run(
            QueryPlan plan,
            Map<String, @Nullable Object> variables,
            Function<SubgraphRequest, Reply> behaviour,
            RandomGenerator random) {
        FakeSubgraphs subgraphs = new FakeSubgraphs(behaviour);
        CollectingSink sink = new CollectingSink();
        Queue<Runnable> introspections = new ArrayDeque<>();
        Execution.start(
                Program.compile(plan, world.supergraph()),
                RequestInput.of(JSON.writeValueAsBytes(variables)),
                subgraphs,
                (operation, values, answer) -> {
                    introspections.add(() -> introspect(operation, values, answer));
                    return () -> {};
                },
                sink);
        introspections.forEach(Runnable::run);
        subgraphs.answerAll(random);
        return sink.parts;
    }

    /// Runs a subscription until its source has no more events.
    ///
    /// @param behaviour what becomes of the events of the source, and of what follows from them
    /// @return all that the client gets
    List<Part> subscribe(
            QueryPlan plan,
            Map<String, @Nullable Object> variables,
            Function<SubgraphRequest, List<Reply>> source,
            Function<SubgraphRequest, Reply> behaviour,
            RandomGenerator random) {
        FakeSubgraphs subgraphs = new FakeSubgraphs(behaviour);
        FakeEvents events = new FakeEvents(source);
        CollectingEvents client = new CollectingEvents();
        Execution.subscribe(
                        Program.compile(plan, world.supergraph()),
                        RequestInput.of(JSON.writeValueAsBytes(variables)),
                        events,
                        subgraphs,
                        (operation, values, answer) -> {
                            introspect(operation, values, answer);
                            return () -> {};
                        },
                        client)
                .request(Long.MAX_VALUE);
        while (events.next()) {
            subgraphs.answerAll(random);
        }
        assertThat(client.completed || client.parts.getLast().last()).isTrue();
        return client.parts;
    }

    private void introspect(String operation, byte[] variables, ResponseSink sink) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        JSON.readValue(variables, MAP)
                .forEach((name, value) -> {
                    if (operation.contains("$" + name + ":")) {
                        known.put(name, value);
                    }
                });
        sink.answered(200, response(world.answer(operation, known)));
    }

    /// What the subgraph answers that is asked.
    Reply answer(SubgraphRequest request) {
        Asked asked = Asked.by(request);
        return new Reply.Answer(
                200, response(world.send(request.subgraph(), asked.document, asked.variables)));
    }

    /// The events of the subgraph that is asked.
    List<Reply> events(SubgraphRequest request) {
        Asked asked = Asked.by(request);
        List<Reply> events = new ArrayList<>();
        for (var data : world.subscribe(request.subgraph(), asked.document, asked.variables)) {
            events.add(new Reply.Answer(200, response(data)));
        }
        return events;
    }

    /// What the subgraph answers that is asked, and where a value is in it.
    World.Located locate(SubgraphRequest request, Spot spot) {
        Asked asked = Asked.by(request);
        return world.locate(request.subgraph(), asked.document, asked.variables, spot);
    }

    /// What a request asks for.
    private record Asked(String document, Map<String, @Nullable Object> variables) {
        static Asked by(SubgraphRequest request) {
            Map<String, @Nullable Object> body = JSON.readValue(request.body(), MAP);
            Map<String, @Nullable Object> variables = new LinkedHashMap<>();
            if (body.get("variables") instanceof Map<?, ?> given) {
                given.forEach((name, value) -> variables.put(String.valueOf(name), value));
            }
            return new Asked(String.valueOf(body.get("query")), variables);
        }
    }

    private static byte[] response(Map<String, @Nullable Object> data) {
        return JSON.writeValueAsString(Map.of("data", data)).getBytes(UTF_8);
    }

    static String text(Part part) {
        return new String(part.buffer(), 0, part.length(), UTF_8);
    }
}
