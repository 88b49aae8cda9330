package dev.trivium.server;

/// Why a WebSocket is closed. Codes from 4400 on are those of the graphql-transport-ws protocol;
/// clients connect again after the others, and after 4403.
record CloseReason(int code, String text) {
    static final CloseReason NORMAL = new CloseReason(1000, "");
    static final CloseReason SHUTTING_DOWN = new CloseReason(1012, "the router stops");
    static final CloseReason GONE = new CloseReason(1001, "nothing was heard of the client");
    static final CloseReason BAD_REQUEST = new CloseReason(4400, "Invalid message");
    static final CloseReason UNAUTHORIZED = new CloseReason(4401, "Unauthorized");
    static final CloseReason FORBIDDEN = new CloseReason(4403, "Forbidden");
    static final CloseReason NO_PROTOCOL = new CloseReason(4406, "Subprotocol not acceptable");
    static final CloseReason INIT_TIMEOUT =
            new CloseReason(4408, "Connection initialisation timeout");
    static final CloseReason TOO_MANY_INITS =
            new CloseReason(4429, "Too many initialisation requests");
    static final CloseReason TOO_MANY_OPERATIONS = new CloseReason(4429, "Too many operations");
    static final CloseReason INTERNAL_ERROR = new CloseReason(4500, "Internal server error");

    private static final int LONGEST_ID = 64;

    static CloseReason subscriberExists(String id) {
        // A reason has at most 123 bytes.
        var known = id.length() <= LONGEST_ID && id.chars().allMatch(c -> c >= ' ' && c <= '~');
        return new CloseReason(
                4409, "Subscriber for " + (known ? id : "this id") + " already exists");
    }
}
