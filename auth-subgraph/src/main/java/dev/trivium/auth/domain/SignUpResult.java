package dev.trivium.auth.domain;

/// What came of a sign-up.
public sealed interface SignUpResult {
    /// The account exists and is logged in, by this sign-up or by an earlier one with the same key.
    record SignedUp(User user, Session session) implements SignUpResult {}

    /// A field of the input breaks a rule.
    record Invalid(String field, String rule) implements SignUpResult {}

    record EmailTaken() implements SignUpResult {}

    /// The idempotency key belongs to a sign-up with other input.
    record KeyTaken() implements SignUpResult {}
}
