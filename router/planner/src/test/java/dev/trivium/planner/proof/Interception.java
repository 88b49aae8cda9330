package dev.trivium.planner.proof;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/// Sees each value that a service gives, and may give another one in its place.
interface Interception {
    Interception NONE = (_, _, value) -> value;

    @Nullable Object value(Spot spot, DataFetchingEnvironment environment, @Nullable Object value);
}
