/// The router as a server: generations of what it serves, the request pipeline, and a front door
/// for each protocol of clients.
@NullMarked
package dev.trivium.server;

import org.jspecify.annotations.NullMarked;
