/// The command `compose`: schemas from files and servers to a supergraph, for people and programs.
@NullMarked
package dev.trivium.server.compose;

import org.jspecify.annotations.NullMarked;
