package dev.trivium.server;

/// The codes of errors that the server itself answers with, as `extensions.code`, each with its
/// HTTP status. (Parser, validation, planner and executor have codes of their own.)
enum ErrorCode {
    BAD_REQUEST(400),
    CSRF_PREFLIGHT_REQUIRED(400),
    BATCHING_DISABLED(400),
    INTROSPECTION_DISABLED(400),
    OPERATION_NOT_FOUND(400),
    SUBSCRIPTION_NOT_SUPPORTED(400),
    UNAUTHENTICATED(401),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    REQUEST_HEADER_FIELDS_TOO_LARGE(431),
    INTERNAL_SERVER_ERROR(500),
    SERVICE_UNAVAILABLE(503),
    CONCURRENCY_LIMITED(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
