package dev.trivium.server;

import dev.trivium.execution.RequestInput;
import org.jspecify.annotations.Nullable;

/// What a client asks for.
///
/// @param query the text of the document
/// @param operationName which of its operations to run, or null
record GraphQlRequest(String query, @Nullable String operationName, RequestInput variables) {}
