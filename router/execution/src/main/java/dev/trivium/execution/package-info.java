/// From a query plan to the bytes of a response. Knows no sockets: the subgraphs are behind the
/// port {@link dev.trivium.execution.SubgraphClient}.
@NullMarked
package dev.trivium.execution;

import org.jspecify.annotations.NullMarked;
