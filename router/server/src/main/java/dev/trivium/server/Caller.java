package dev.trivium.server;

import dev.trivium.server.explorer.Tracing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who sends a request, as far as the request itself says it. Nothing of it has been verified.
///
/// @param authorization all `Authorization` headers; more than one are refused
/// @param client the program that sends it
/// @param trace under which name it wants the request recorded, or null
record Caller(List<String> authorization, Client client, @Nullable String trace) {
    Caller {
        authorization = List.copyOf(authorization);
    }

    static Caller of(MultiMap headers) {
        return new Caller(
                headers.getAll(HttpHeaders.AUTHORIZATION),
                Client.of(headers),
                headers.get(Tracing.HEADER));
    }

    /// The header that subgraphs get; null for an anonymous caller.
    @Nullable String forwarded() {
        return authorization.isEmpty() ? null : authorization.getFirst();
    }
}
