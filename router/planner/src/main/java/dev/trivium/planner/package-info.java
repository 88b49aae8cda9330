/// From an operation to a query plan: normalization, the query graph, the choice of a path for
/// every field, and the fetches.
@NullMarked
package dev.trivium.planner;

import org.jspecify.annotations.NullMarked;
