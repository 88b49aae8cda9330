/// The auth subgraph: accounts, sessions and the keys that access tokens are signed with.
///
/// `domain` holds the rules and the ports they need; `adapter` connects them to GraphQL, MongoDB,
/// Argon2 and JWT; this package puts both together.
@NullMarked
package dev.trivium.auth;

import org.jspecify.annotations.NullMarked;
