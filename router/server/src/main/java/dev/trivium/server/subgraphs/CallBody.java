package dev.trivium.server.subgraphs;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

/// What one call of a subgraph sends. Lives on the event loop of the call.
public interface CallBody {

    /// @param usual those of a call of the subgraph
    default RequestOptions options(RequestOptions usual) {
        return usual;
    }

    /// Whether it can be sent once more, and must not do harm if it was received before.
    boolean isRepeatable();

    /// How long it may take to send it, beside the time that the subgraph has for the answer.
    default Duration longest() {
        return Duration.ZERO;
    }

    /// Sends it.
    ///
    /// @return the head of the answer
    Future<HttpClientResponse> send(HttpClientRequest request);

    /// Whether all of it has been handed over.
    default boolean isSent() {
        return true;
    }

    /// The call has ended, whatever came of it. Nothing may be written any more.
    default void over() {}
}
