package dev.trivium.server.http;

import dev.trivium.language.Issue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Why nothing of a request is executed. How the client learns it is up to the protocol that it
/// speaks.
public sealed interface Refusal {

    List<Issue> issues();

    /// The document is at fault, or how it is used.
    record OfOperation(List<Issue> issues) implements Refusal {
        public OfOperation {
            issues = List.copyOf(issues);
        }

        public static OfOperation because(ErrorCode code, String message) {
            return new OfOperation(List.of(new Issue(code.name(), message, List.of())));
        }
    }

    /// The request that brought the document is at fault, or the router cannot serve it now.
    ///
    /// @param headers for a client that speaks HTTP
    record OfRequest(ErrorCode code, String message, Map<String, String> headers)
            implements Refusal {
        public OfRequest {
            headers = Map.copyOf(headers);
        }

        public OfRequest(ErrorCode code, String message) {
            this(code, message, Map.of());
        }

        public OfRequest with(String header, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new OfRequest(code, message, more);
        }

        @Override
        public List<Issue> issues() {
            return List.of(new Issue(code.name(), message, List.of()));
        }
    }
}
