/// The codings of HTTP bodies (RFC 9110, section 8.4): which one a client wants, and how bodies get
/// it.
@NullMarked
package dev.trivium.server.compression;

import org.jspecify.annotations.NullMarked;
