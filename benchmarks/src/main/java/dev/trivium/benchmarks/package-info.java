/// What is measured within one process, with JMH. `./trivium bench` runs it, and measures whole
/// programs beside it.
@NullMarked
package dev.trivium.benchmarks;

import org.jspecify.annotations.NullMarked;
