/// Persisted operations: trusted documents, automatic persisted queries, and how they are found.
@NullMarked
package dev.trivium.server.persisted;

import org.jspecify.annotations.NullMarked;
