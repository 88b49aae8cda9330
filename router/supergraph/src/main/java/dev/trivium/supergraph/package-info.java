/// The immutable supergraph model: what clients see, and which subgraph serves what.
@NullMarked
package dev.trivium.supergraph;

import org.jspecify.annotations.NullMarked;
