package dev.trivium.starter;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/// Writes the answer to a request that GraphQL never saw, in the form of a GraphQL error.
final class HttpErrors {
    private HttpErrors() {}

    /// @param message plain words: no quotes, no line breaks, nothing that a client sent
    static void write(
            HttpServletResponse response, HttpStatus status, ErrorCode code, String message)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream()
                .write(
                        "{\"errors\":[{\"message\":\"%s\",\"extensions\":{\"code\":\"%s\"}}]}"
                                .formatted(message, code)
                                .getBytes(StandardCharsets.UTF_8));
    }
}
