/// What every subgraph needs, as Spring Boot auto-configuration: the GraphQL endpoint and its
/// errors, the caller's identity, connections, the outbox and the consumers of domain events,
/// MongoDB and RabbitMQ.
///
/// A service names itself and its schema in `application.yaml` (see [SubgraphProperties]); the
/// public types of this package are all that its code touches.
@NullMarked
package dev.trivium.starter;

import org.jspecify.annotations.NullMarked;
