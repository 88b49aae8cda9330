/// The page that a browser gets: GraphiQL with a log-in, and the plans of what it sends.
@NullMarked
package dev.trivium.server.explorer;

import org.jspecify.annotations.NullMarked;
