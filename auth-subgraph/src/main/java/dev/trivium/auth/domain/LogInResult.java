package dev.trivium.auth.domain;

/// What came of a login. A wrong password and an unknown address are one result: nobody shall learn
/// who has an account.
public sealed interface LogInResult {
    record LoggedIn(User user, Session session) implements LogInResult {}

    record WrongCredentials() implements LogInResult {}
}
