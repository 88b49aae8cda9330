/// Judges plans without the planner's code: a package of its own, so that it sees no more of the
/// planner than the router does.
@NullMarked
package dev.trivium.planner.proof;

import org.jspecify.annotations.NullMarked;
