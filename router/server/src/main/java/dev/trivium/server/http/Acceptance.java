package dev.trivium.server.http;

/// What a client can be answered with over the protocol that it speaks.
///
/// @param effects whether it may ask for changes; false for GET, which others repeat at will
/// @param parts whether an answer may arrive in parts (`@defer`)
/// @param events whether there may be many answers (subscriptions)
public record Acceptance(boolean effects, boolean parts, boolean events) {
    /// One answer to a request that may change something.
    public static final Acceptance ONE_ANSWER = new Acceptance(true, false, false);

    /// One answer to a request that changes nothing.
    public static final Acceptance ONE_READ = new Acceptance(false, false, false);
}
