package dev.trivium.starter;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A GraphQL error whose extensions are its code and, for some codes, the field to blame; nothing
/// else.
record CodedError(
        String message,
        @Nullable List<SourceLocation> locations,
        @Nullable List<Object> path,
        ErrorCode code,
        @Nullable String field)
        implements GraphQLError {

    /// What a client sees of an unexpected failure, which the log has under the reference.
    static String masked(String reference) {
        return "Internal error, reference " + reference;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public @Nullable List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public @Nullable List<Object> getPath() {
        return path;
    }

    /// None: graphql-java would show it as one more extension.
    @Override
    public @Nullable ErrorClassification getErrorType() {
        return null;
    }

    @Override
    public Map<String, Object> getExtensions() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        if (field != null) {
            extensions.put("field", field);
        }
        return extensions;
    }
}
