/// REST from persisted documents: which request is which document, its variables, and what OpenAPI
/// says of it. Knows no sockets.
@NullMarked
package dev.trivium.server.rest;

import org.jspecify.annotations.NullMarked;
