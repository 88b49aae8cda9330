package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Events;
import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.EventSource.LiveSubscription;
import dev.trivium.execution.EventSource.Subscription;
import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.language.Document;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.supergraph.Supergraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A program that runs once for each event.
class SubscriptionTest {

    private static final Document SCHEMA =
            TestSchema.parse(
                    """
                    type Query { x: Int }
                    type Subscription { price(of: ID): Product @from(graphs: ["market"]) }
                    type Product @in(graphs: ["market", "store"], keys: ["id"]) {
                      id: ID!
                      price: Int! @from(graphs: ["market"])
                      name: String @from(graphs: ["store"])
                    }
                    """);

    private static final Supergraph SUPERGRAPH =
            TestSchema.supergraph(SCHEMA, List.of("market", "store"));

    private final FakeSubgraphs subgraphs =
            new FakeSubgraphs(request ->
                    new Reply.Answer(
                            "{\"data\":{\"_entities\":[{\"__typename\":\"Product\","
                                    + (asksFor(request, "n:name") ? "\"n\":\"n" : "\"name\":\"n")
                                    + new String(request.body(), UTF_8)
                                            .replaceAll(".*\"id\":\"(\\w+)\".*", "$1")
                                    + "\"}]}}"));

    private final Source source = new Source();
    private final Client client = new Client();

    /// Where events come from.
    private static final class Source implements EventSource, Subscription {
        final List<String> bodies = new ArrayList<>();
        @Nullable EventSink sink;
        int requested;
        boolean cancelled;

        @Override
        public Subscription subscribe(SubgraphRequest request, EventSink to) {
            bodies.add(new String(request.body(), UTF_8));
            sink = to;
            return this;
        }

        @Override
        public void request(long events) {
            requested += (int) events;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        void event(String data) {
            Objects.requireNonNull(sink).event(("{\"data\":" + data + "}").getBytes(UTF_8));
        }

        EventSink sink() {
            return Objects.requireNonNull(sink);
        }
    }

    private static final class Client implements Events {
        final List<String> parts = new ArrayList<>();
        boolean last;
        boolean completed;

        @Override
        public void part(Part part) {
            parts.add(Engine.text(part));
            last = part.last();
        }

        @Override
        public void failed(RuntimeException bug) {
            throw bug;
        }

        @Override
        public void completed() {
            completed = true;
        }
    }

    private static boolean asksFor(SubgraphRequest request, String field) {
        return new String(request.body(), UTF_8).replace(" ", "").contains(field);
    }

    private static Program program(String operation) {
        Planner planner = new Planner(SUPERGRAPH);
        return Program.compile(
                TestSchema.accepted(
                        planner.normalize(TestSchema.operation(operation), null)
                                .then(it -> planner.plan(it, PlanInputs.NONE))),
                SUPERGRAPH);
    }

    private LiveSubscription subscribe(String variables) {
        return Execution.subscribe(
                program("subscription($of: ID) { price(of: $of) { price name } }"),
                RequestInput.of(variables.getBytes(UTF_8)),
                source,
                subgraphs,
                (_, _, _) -> () -> {},
                client);
    }

    @Test
    void eachEventIsCompletedByTheOtherSubgraphs() {
        subscribe("{\"of\":\"7\"}").request(2);
        assertThat(source.bodies.getFirst()).contains("\"variables\":{\"of\":\"7\"}");
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"a\",\"price\":1}}");
        subgraphs.answerAll(false);
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"b\",\"price\":2}}");
        subgraphs.answerAll(false);
        assertThat(client.parts)
                .containsExactly(
                        "{\"data\":{\"price\":{\"price\":1,\"name\":\"na\"}}}",
                        "{\"data\":{\"price\":{\"price\":2,\"name\":\"nb\"}}}");
        assertThat(client.last).isFalse();
        source.sink().completed();
        assertThat(client.completed).isTrue();
    }

    @Test
    void theNextEventIsAskedForWhenTheLastIsDone() {
        Subscription subscription = subscribe("");
        assertThat(source.requested).isZero();
        subscription.request(2);
        assertThat(source.requested).isEqualTo(1);
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"a\",\"price\":1}}");
        source.sink().completed();
        assertThat(source.requested).isEqualTo(1);
        assertThat(client.completed).isFalse();
        subgraphs.answerAll(false);
        assertThat(client.parts).hasSize(1);
        assertThat(client.completed).isTrue();
    }

    @Test
    void anEventThatIsNoResponseDoesNotEndTheOthers() {
        subscribe("").request(3);
        source.sink().event("<html>".getBytes(UTF_8));
        source.sink()
                .event("{\"errors\":[{\"message\":\"m\",\"path\":[\"price\"]}]}".getBytes(UTF_8));
        source.event("{\"price\":null}");
        assertThat(client.parts.get(0)).contains("MALFORMED", "\"data\":{\"price\":null}");
        assertThat(client.parts.get(1)).contains("\"m\"", "\"data\":{\"price\":null}");
        assertThat(client.parts.get(2)).isEqualTo("{\"data\":{\"price\":null}}");
    }

    @Test
    void aLostSourceIsTheLastPart() {
        subscribe("").request(1);
        source.sink().failed(new Failure(Failure.Kind.UNAVAILABLE, "Gone."));
        assertThat(client.parts)
                .containsExactly(
                        "{\"errors\":[{\"message\":\"Gone.\",\"extensions\":{\"code\":"
                                + "\"UNAVAILABLE\",\"service\":\"market\"}}]}");
        assertThat(client.last).isTrue();
    }

    @Test
    void cancellationReachesTheSourceAndTheEventUnderWay() {
        Subscription subscription = subscribe("");
        subscription.request(5);
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"a\",\"price\":1}}");
        subscription.cancel();
        assertThat(source.cancelled).isTrue();
        assertThat(subgraphs.cancelled).isEqualTo(1);
        source.event("{\"price\":null}");
        source.sink().completed();
        assertThat(client.parts).isEmpty();
        assertThat(client.completed).isFalse();
    }

    @Test
    void wrongVariablesAreRefused() {
        subscribe("{\"of\":[1]}").request(1);
        assertThat(source.bodies).isEmpty();
        assertThat(client.parts.getFirst()).contains("BAD_USER_INPUT");
        assertThat(client.last).isTrue();
    }

    @Test
    void anotherProgramTakesOverFromTheNextEventOnIfTheSourceIsTheSame() {
        LiveSubscription subscription = subscribe("{\"of\":\"7\"}");
        subscription.request(3);
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"a\",\"price\":1}}");
        Program other = program("subscription($of: ID) { price(of: $of) { price n: name } }");
        assertThat(subscription.continueWith(other, subgraphs, (_, _, _) -> () -> {})).isTrue();
        subgraphs.answerAll(false);
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"b\",\"price\":2}}");
        subgraphs.answerAll(false);
        assertThat(client.parts)
                .containsExactly(
                        "{\"data\":{\"price\":{\"price\":1,\"name\":\"na\"}}}",
                        "{\"data\":{\"price\":{\"price\":2,\"n\":\"nb\"}}}");
        assertThat(source.bodies).hasSize(1);
        assertThat(source.cancelled).isFalse();
    }

    @Test
    void aProgramWithOtherEventsTakesNothingOver() {
        LiveSubscription subscription = subscribe("{\"of\":\"7\"}");
        subscription.request(1);
        Program other = program("subscription { price(of: \"8\") { price name } }");
        assertThat(subscription.continueWith(other, subgraphs, (_, _, _) -> () -> {})).isFalse();
        source.event("{\"price\":{\"__typename\":\"Product\",\"id\":\"a\",\"price\":1}}");
        subgraphs.answerAll(false);
        assertThat(client.parts)
                .containsExactly("{\"data\":{\"price\":{\"price\":1,\"name\":\"na\"}}}");
    }
}
