/// Composition: the schemas of several subgraphs become one supergraph, or the reasons why they
/// cannot. {@link dev.trivium.composition.Composition} is the way in; its stages are read in the
/// order in which it names them.
@NullMarked
package dev.trivium.composition;

import org.jspecify.annotations.NullMarked;
