package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Subgraphs in memory. Requests wait until they are told to answer, so that a test decides on the
/// order.
final class FakeSubgraphs implements SubgraphClient {

    private final Function<SubgraphRequest, Reply> behaviour;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    final List<SubgraphRequest> requests = new ArrayList<>();
    int cancelled;

    FakeSubgraphs(Function<SubgraphRequest, Reply> behaviour) {
        this.behaviour = behaviour;
    }

    /// What a subgraph does with a request.
    sealed interface Reply {
        record Answer(int status, byte[] body) implements Reply {
            Answer(String body) {
                this(200, body.getBytes(UTF_8));
            }
        }

        record NoAnswer(Failure failure) implements Reply {}
    }

    private record Waiting(SubgraphRequest request, ResponseSink sink) {}

    @Override
    public Call send(SubgraphRequest request, ResponseSink sink) {
        requests.add(request);
        Waiting call = new Waiting(request, sink);
        waiting.add(call);
        return () -> {
            waiting.remove(call);
            cancelled++;
        };
    }

    int waitingCount() {
        return waiting.size();
    }

    /// Answers the requests that are waiting, and those that follow from the answers.
    ///
    /// @param newestFirst answers in the opposite order
    void answerAll(boolean newestFirst) {
        while (!waiting.isEmpty()) {
            answer(newestFirst ? waiting.removeLast() : waiting.removeFirst());
        }
    }

    /// Answers all requests, each time one of those that are waiting.
    void answerAll(RandomGenerator random) {
        while (!waiting.isEmpty()) {
            Waiting call =
                    waiting.stream().skip(random.nextInt(waiting.size())).findFirst().orElseThrow();
            waiting.remove(call);
            answer(call);
        }
    }

    private void answer(Waiting call) {
        switch (behaviour.apply(call.request)) {
            case Reply.Answer(int status, byte[] body) -> call.sink.answered(status, body);
            case Reply.NoAnswer(Failure failure) -> call.sink.failed(failure);
        }
    }
}
