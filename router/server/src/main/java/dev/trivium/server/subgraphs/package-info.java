/// The port to the subgraphs: their addresses, and calls over HTTP, with what they share on an
/// event loop.
@NullMarked
package dev.trivium.server.subgraphs;

import org.jspecify.annotations.NullMarked;
