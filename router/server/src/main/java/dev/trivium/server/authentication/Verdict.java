package dev.trivium.server.authentication;

import java.util.Map;

/// What the `Authorization` header says about the sender of a request.
public sealed interface Verdict {

    /// There is no token.
    record Anonymous() implements Verdict {}

    /// The token is good.
    ///
    /// @param claims of the token, as its issuer wrote them
    record Authenticated(Map<String, Object> claims) implements Verdict {
        public Authenticated {
            claims = Map.copyOf(claims);
        }
    }

    /// The token is not good.
    ///
    /// @param reason for the client: never says more than the client could know
    record Denied(String reason) implements Verdict {}

    /// There is more than one header.
    record Ambiguous() implements Verdict {}

    /// The issuer's keys cannot be had, so nobody can tell.
    record Undecidable() implements Verdict {}
}
