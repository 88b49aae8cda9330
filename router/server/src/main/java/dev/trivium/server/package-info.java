/// The router as a program: commands, sockets, the request pipeline.
@NullMarked
package dev.trivium.server;

import org.jspecify.annotations.NullMarked;
