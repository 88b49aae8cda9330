package dev.trivium.server.http;

import dev.trivium.execution.RequestInput;
import dev.trivium.server.persisted.DocumentReference;
import org.jspecify.annotations.Nullable;

/// What a client asks for.
///
/// @param document its text, or how to find it
/// @param operationName which of its operations to run, or null
public record GraphQlRequest(
        DocumentReference document, @Nullable String operationName, RequestInput variables) {}
