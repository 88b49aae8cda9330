package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// GraphQL responses that subgraphs did not send as such.
final class Responses {
    private static final byte[] BEFORE = "{\"errors\":".getBytes(UTF_8);

    private Responses() {}

    /// A response of a request that was not executed.
    ///
    /// @param errors the text of a list
    static byte[] withErrors(byte[] errors) {
        var response = new ByteArrayOutputStream(BEFORE.length + errors.length + 1);
        response.writeBytes(BEFORE);
        response.writeBytes(errors);
        response.write('}');
        return response.toByteArray();
    }
}
