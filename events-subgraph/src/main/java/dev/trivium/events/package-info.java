/// The events subgraph: what takes place when, and who may see it.
///
/// `domain` holds the rules and the ports they need; `adapter` connects them to GraphQL and
/// MongoDB; this package puts both together.
@NullMarked
package dev.trivium.events;

import org.jspecify.annotations.NullMarked;
