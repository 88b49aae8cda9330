/// A small subgraph that uses the starter as any team would: through its public types only.
@NullMarked
package dev.trivium.starter.sample;

import org.jspecify.annotations.NullMarked;
