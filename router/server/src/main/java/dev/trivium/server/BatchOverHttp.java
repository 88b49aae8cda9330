package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.server.Concurrency.Place;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.http.Acceptance;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.BatchReader;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.GraphQlRequest;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.Step;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several GraphQL requests in one of HTTP: an array of them, answered by the array of their
/// answers, in the same order, with status 200. They are executed side by side, and each for
/// itself: with its own refusal or errors, and its own place among the requests that are served.
final class BatchOverHttp {
    private static final Logger LOG = LoggerFactory.getLogger(BatchOverHttp.class);

    private final RequestPipeline pipeline;
    private final HttpExchange exchange;
    private final List<Place> places = new ArrayList<>();
    private final byte[][] answers;
    private int missing;

    private BatchOverHttp(RequestPipeline pipeline, HttpExchange exchange, int size) {
        this.pipeline = pipeline;
        this.exchange = exchange;
        this.answers = new byte[size][];
        this.missing = size;
    }

    /// @param body an array
    static void serve(RequestPipeline pipeline, HttpExchange exchange, byte[] body) {
        var rules = exchange.generation().configuration().http().batching();
        BatchReader.read(body, rules.maximumSize())
                .then(requests ->
                        new BatchOverHttp(pipeline, exchange, requests.size()).enter(requests))
                .finish(BatchOverHttp::start, exchange::refuse, exchange::failed);
    }

    private record Entered(BatchOverHttp batch, List<GraphQlRequest> requests) {}

    /// Takes a place for each, or none at all.
    private Step<Entered> enter(List<GraphQlRequest> requests) {
        for (var _ : requests) {
            switch (RequestPipeline.enter(exchange.generation())) {
                case Next<Place>(var place) -> places.add(place);
                case Refuse<Place>(var refusal) -> {
                    leave();
                    return new Refuse<>(refusal);
                }
                case Step.Later<Place> _ ->
                        throw new IllegalStateException("a place is there or not");
            }
        }
        return new Next<>(new Entered(this, requests));
    }

    private void leave() {
        places.forEach(Place::leave);
    }

    private static void start(Entered entered) {
        var batch = entered.batch();
        var response = batch.exchange.request().response();
        response.endHandler(_ -> batch.leave());
        response.closeHandler(_ -> batch.leave());
        if (response.closed()) {
            batch.leave();
            return;
        }
        var caller = Caller.of(batch.exchange.request().headers());
        for (int i = 0; i < entered.requests().size(); i++) {
            batch.start(i, caller, entered.requests().get(i));
        }
    }

    private void start(int number, Caller caller, GraphQlRequest request) {
        var asked = new Asked(exchange.generation(), caller, request, Acceptance.ONE_ANSWER);
        var entry = new Entry(number);
        try {
            pipeline.prepare(asked)
                    .finish(
                            prepared ->
                                    places.get(number)
                                            .cancelsWhenLeft(pipeline.execute(prepared, entry)),
                            entry::refused,
                            entry::broke);
        } catch (RuntimeException bug) {
            entry.failed(bug);
        }
    }

    private void answered(int number, byte[] answer) {
        if (answers[number] != null) {
            return;
        }
        answers[number] = answer;
        missing--;
        if (missing == 0) {
            var all = joined();
            exchange.answer(200, all, all.length, pipeline.loop());
        }
    }

    private byte[] joined() {
        int length = answers.length + 1;
        for (var answer : answers) {
            length += answer.length;
        }
        var all = new byte[length];
        int end = 0;
        for (var answer : answers) {
            all[end] = (byte) (end == 0 ? '[' : ',');
            System.arraycopy(answer, 0, all, end + 1, answer.length);
            end += answer.length + 1;
        }
        all[end] = ']';
        return all;
    }

    /// Takes what becomes of one of them.
    private final class Entry implements ClientSink {
        private final int number;

        Entry(int number) {
            this.number = number;
        }

        void refused(Refusal refusal) {
            answered(number, Answer.of(refusal, exchange.type()).body().getBytes());
        }

        void broke(Throwable failure) {
            LOG.error("An entry of a batch failed", failure);
            refused(new Refusal.OfRequest(ErrorCode.INTERNAL_SERVER_ERROR, "the router failed"));
        }

        @Override
        public byte[] buffer(int capacity) {
            return pipeline.loop().buffers().take(capacity);
        }

        @Override
        public void part(Part part) {
            var answer = Arrays.copyOf(part.buffer(), part.length());
            pipeline.loop().buffers().give(part.buffer());
            answered(number, answer);
        }

        @Override
        public void failed(RuntimeException bug) {
            broke(bug);
        }
    }
}
