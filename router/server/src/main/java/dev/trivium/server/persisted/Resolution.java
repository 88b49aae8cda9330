package dev.trivium.server.persisted;

/// What a reference to a document came to.
public sealed interface Resolution {

    record Found(String text) implements Resolution {}

    record Refused(Reason reason) implements Resolution {}

    /// Why no document is executed. The names and messages are those that clients of other routers
    /// know, since libraries compare them.
    enum Reason {
        PERSISTED_QUERY_NOT_FOUND("PersistedQueryNotFound"),
        PERSISTED_QUERY_NOT_SUPPORTED("PersistedQueryNotSupported"),
        PERSISTED_QUERY_HASH_MISMATCH("the text does not have this SHA-256"),
        PERSISTED_QUERY_NOT_IN_LIST("no trusted document has this id"),
        PERSISTED_QUERY_ID_REQUIRED("documents are accepted by their ids only"),
        QUERY_NOT_IN_SAFELIST("the document is not among the trusted ones");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        public String message() {
            return message;
        }
    }
}
