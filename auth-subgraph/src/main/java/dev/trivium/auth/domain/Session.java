package dev.trivium.auth.domain;

/// Proof of a login, as the client gets it.
///
/// @param expiresIn seconds until the access token expires
public record Session(String accessToken, String refreshToken, int expiresIn) {

    /// Shows nothing, so that no log does.
    @Override
    public String toString() {
        return "Session[…]";
    }
}
