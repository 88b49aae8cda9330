/// The query plan: all of the planner that execution knows.
@NullMarked
package dev.trivium.planner.plan;

import org.jspecify.annotations.NullMarked;
