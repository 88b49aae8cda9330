/// The notifications subgraph: tells users what happened.
///
/// `domain` holds the rules and the ports they need; `adapter` connects them to GraphQL, RabbitMQ
/// and MongoDB; this package puts both together.
@NullMarked
package dev.trivium.notifications;

import org.jspecify.annotations.NullMarked;
