/// A supergraph that is served, and the programs of the operations that clients send.
@NullMarked
package dev.trivium.server.schema;

import org.jspecify.annotations.NullMarked;
