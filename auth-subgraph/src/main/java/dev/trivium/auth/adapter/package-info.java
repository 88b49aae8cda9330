/// The domain's connections: GraphQL on the one side; MongoDB, Argon2 and JWT on the other.
@NullMarked
package dev.trivium.auth.adapter;

import org.jspecify.annotations.NullMarked;
