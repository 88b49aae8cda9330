package dev.trivium.server;

import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.server.Concurrency.Place;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.Frames;
import dev.trivium.server.http.Negotiated;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.ResponseType;
import dev.trivium.server.http.StreamType;
import dev.trivium.server.subgraphs.VertxSubgraphClient.Loop;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request for GraphQL over HTTP, from its head to the end of its response.
final class HttpExchange {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final HttpServerRequest request;
    private final Generation generation;
    private final Negotiated accepts;
    private @Nullable Place place;

    /// @param generation which the request keeps to its end
    HttpExchange(HttpServerRequest request, Generation generation, Negotiated accepts) {
        this.request = request;
        this.generation = generation;
        this.accepts = accepts;
    }

    HttpServerRequest request() {
        return request;
    }

    Generation generation() {
        return generation;
    }

    Negotiated accepts() {
        return accepts;
    }

    /// Of an answer in one piece.
    ResponseType type() {
        return accepts.wholeOrJson();
    }

    /// Keeps a place among the requests that are served until the response has been written or the
    /// client has gone.
    void occupy(Place place) {
        this.place = place;
        var response = request.response();
        response.endHandler(_ -> place.leave());
        response.closeHandler(_ -> place.leave());
        if (response.closed()) {
            place.leave();
        }
    }

    /// Answers for as long as the client listens, which takes no place from others.
    ///
    /// @param gone called when the response has ended or the client has gone
    void streams(Runnable gone) {
        if (place != null) {
            place.leave();
        }
        var response = request.response();
        response.endHandler(_ -> gone.run());
        response.closeHandler(_ -> gone.run());
        if (response.closed()) {
            gone.run();
        }
    }

    /// Cancels a call when the client goes.
    void waitsFor(Call call) {
        if (place == null) {
            throw new IllegalStateException("nothing is executed without a place");
        }
        place.cancelsWhenLeft(call);
    }

    /// Sends a whole response, compressed if the client wants it.
    ///
    /// @param buffer of which the first `length` bytes are the body; returned to the loop
    void answer(int status, byte[] buffer, int length, Loop loop) {
        var rules = generation.configuration().http().compression();
        var coded = loop.compression().code(rules, request, buffer, length);
        if (coded == null) {
            Answer.of(status, type(), buffer, length)
                    .send(request, () -> loop.buffers().give(buffer));
        } else {
            loop.buffers().give(buffer);
            Answer.of(status, type(), coded, coded.length).send(request);
        }
    }

    /// Cancels what is under way.
    void cancel() {
        if (place != null) {
            place.leave();
        }
    }

    void refuse(Refusal refusal) {
        if (refusal instanceof Refusal.OfOperation
                && accepts.whole() == null
                && accepts.events() == StreamType.EVENT_STREAM) {
            refuseInStream(refusal);
            return;
        }
        Answer.of(refusal, type()).send(request);
    }

    /// Clients that read nothing but events would take another status for a broken connection, and
    /// try again.
    private void refuseInStream(Refusal refusal) {
        var body = Answer.of(refusal, ResponseType.JSON).body();
        var stream = Frames.EVENT_STREAM.message(body).appendBuffer(Frames.EVENT_STREAM.end());
        var headers =
                Map.of(
                        "content-type",
                        StreamType.EVENT_STREAM.contentType(),
                        "cache-control",
                        "no-store");
        new Answer(200, headers, stream).send(request);
    }

    /// The router is at fault after it has sent a part of the response, which must not look whole.
    void brokenOff(Throwable failure) {
        LOG.error("A request failed after parts of its response were sent", failure);
        var _ = request.response().reset();
    }

    void failed(Throwable failure) {
        failed(request, failure);
    }

    static void failed(HttpServerRequest request, Throwable failure) {
        LOG.error("A request failed", failure);
        var refusal = new Refusal.OfRequest(ErrorCode.INTERNAL_SERVER_ERROR, "the router failed");
        Answer.of(refusal, ResponseType.JSON).send(request);
    }
}
