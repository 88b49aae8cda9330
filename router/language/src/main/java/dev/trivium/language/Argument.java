package dev.trivium.language;

/// `name: value` at a field or directive.
public record Argument(String name, Value value, SourceLocation location) {}
