/// Files that clients send with an operation (GraphQL multipart request), on their way to a
/// subgraph. Each is passed on while it arrives.
@NullMarked
package dev.trivium.server.uploads;

import org.jspecify.annotations.NullMarked;
