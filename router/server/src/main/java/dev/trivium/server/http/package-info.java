/// What HTTP says: who asks for what, in which form the answer goes back, and how the router
/// refuses.
@NullMarked
package dev.trivium.server.http;

import org.jspecify.annotations.NullMarked;
