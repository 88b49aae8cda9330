package dev.trivium.events.domain;

/// An input field breaks a rule.
///
/// @param rule a sentence for whoever filled in the field
public record Violation(String field, String rule) {}
