package dev.trivium.execution;

/// What one request makes of the answers grows beyond what the router keeps for a single request.
/// Small answers suffice for that, since an entity may stand at many places, in many of which it
/// stands again.
final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooLarge() {
        super("the response is too large", null, false, false);
    }
}
