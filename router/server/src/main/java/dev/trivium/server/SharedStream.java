package dev.trivium.server;

import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.StreamType;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One event stream that carries the answers to requests which the client sends beside it (GraphQL
/// over SSE, "Single connection mode"). It stays on the event loop that opened it; the requests may
/// come by others.
final class SharedStream implements ManyOperations.Channel {
    private final Context context;
    private final RequestPipeline pipeline;
    private final HttpServerRequest request;
    private final StreamedResponse stream;
    private final ManyOperations operations;

    /// @param context of the loop of the stream
    SharedStream(Context context, RequestPipeline pipeline, HttpServerRequest request) {
        this.context = context;
        this.pipeline = pipeline;
        this.request = request;
        this.stream =
                new StreamedResponse(
                        request.response(), StreamType.EVENT_STREAM, pipeline.loop().deadlines());
        this.operations = new ManyOperations(pipeline, this);
    }

    /// @param heartbeat how often the client sees that the stream is there
    /// @param gone called when the client has gone
    void open(Duration heartbeat, Runnable gone) {
        request.response()
                .closeHandler(_ -> {
                    operations.stopAll();
                    gone.run();
                });
        stream.begin();
        stream.beat(heartbeat);
    }

    /// Starts an operation; for any event loop.
    ///
    /// @param answer gets why it is not started, or null once it is; on the loop of the stream
    void start(String id, Asked asked, Consumer<@Nullable Refusal> answer) {
        context.runOnContext(_ -> startHere(id, asked, answer));
    }

    private void startHere(String id, Asked asked, Consumer<@Nullable Refusal> answer) {
        if (operations.has(id)) {
            answer.accept(
                    new Refusal.OfRequest(
                            ErrorCode.OPERATION_EXISTS, "an operation has this id already"));
            return;
        }
        if (operations.isFull()) {
            answer.accept(
                    new Refusal.OfRequest(
                            ErrorCode.SUBSCRIPTION_LIMIT_REACHED,
                            "there are too many operations on this stream"));
            return;
        }
        var operation = operations.reserve(id);
        pipeline.prepare(asked)
                .finish(
                        prepared -> {
                            answer.accept(null);
                            operation.run(prepared);
                        },
                        refusal -> {
                            operation.abandon();
                            answer.accept(refusal);
                        },
                        operation::broken);
    }

    /// Ends an operation; for any event loop.
    void stop(String id) {
        context.runOnContext(_ -> operations.stop(id));
    }

    @Override
    public String name() {
        return request.remoteAddress().toString();
    }

    @Override
    public void next(String id, Buffer payload) {
        stream.message(
                Buffer.buffer(payload.length() + 64)
                        .appendString("{\"id\":" + Json.encode(id) + ",\"payload\":")
                        .appendBuffer(payload)
                        .appendString("}"));
    }

    @Override
    public void error(String id, Buffer errors) {
        next(id, errors);
        complete(id);
    }

    @Override
    public void complete(String id) {
        stream.event("complete", Buffer.buffer("{\"id\":" + Json.encode(id) + "}"));
    }

    @Override
    public boolean isFull() {
        return stream.isFull();
    }

    @Override
    public void whenDrained(Runnable ready) {
        stream.whenDrained(ready);
    }

    /// The client opens another stream, with another token.
    @Override
    public void expired() {
        stream.breakOff();
    }

    /// The client opens another stream, at another router.
    @Override
    public void shutDown() {
        stream.breakOff();
    }
}
