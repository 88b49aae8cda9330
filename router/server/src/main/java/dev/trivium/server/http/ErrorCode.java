package dev.trivium.server.http;

import dev.trivium.server.persisted.Resolution;

/// The codes of errors that the server itself answers with, as `extensions.code`, each with its
/// HTTP status. (Parser, validation, planner and executor have codes of their own.)
public enum ErrorCode {
    /// 200: libraries that register documents take any other status for a failure.
    PERSISTED_QUERY_NOT_FOUND(200),
    BAD_REQUEST(400),
    CSRF_PREFLIGHT_REQUIRED(400),
    BATCHING_DISABLED(400),
    BATCH_LIMIT_EXCEEDED(400),
    INTROSPECTION_DISABLED(400),
    OPERATION_NOT_FOUND(400),
    SUBSCRIPTION_NOT_SUPPORTED(400),
    SUBSCRIPTION_SCHEMA_RELOAD(400),
    PERSISTED_QUERY_NOT_SUPPORTED(400),
    PERSISTED_QUERY_HASH_MISMATCH(400),
    PERSISTED_QUERY_ID_REQUIRED(400),
    UNAUTHENTICATED(401),
    QUERY_NOT_IN_SAFELIST(403),
    ORIGIN_NOT_ALLOWED(403),
    NOT_FOUND(404),
    STREAM_NOT_FOUND(404),
    PERSISTED_QUERY_NOT_IN_LIST(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    OPERATION_EXISTS(409),
    STREAM_EXISTS(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    SUBSCRIPTION_LIMIT_REACHED(429),
    REQUEST_HEADER_FIELDS_TOO_LARGE(431),
    INTERNAL_SERVER_ERROR(500),
    SERVICE_UNAVAILABLE(503),
    SERVER_SHUTTING_DOWN(503),
    CONCURRENCY_LIMITED(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /// The code of a document that is not executed.
    public static ErrorCode of(Resolution.Reason reason) {
        return switch (reason) {
            case PERSISTED_QUERY_NOT_FOUND -> PERSISTED_QUERY_NOT_FOUND;
            case PERSISTED_QUERY_NOT_SUPPORTED -> PERSISTED_QUERY_NOT_SUPPORTED;
            case PERSISTED_QUERY_HASH_MISMATCH -> PERSISTED_QUERY_HASH_MISMATCH;
            case PERSISTED_QUERY_NOT_IN_LIST -> PERSISTED_QUERY_NOT_IN_LIST;
            case PERSISTED_QUERY_ID_REQUIRED -> PERSISTED_QUERY_ID_REQUIRED;
            case QUERY_NOT_IN_SAFELIST -> QUERY_NOT_IN_SAFELIST;
        };
    }

    public int status() {
        return status;
    }
}
