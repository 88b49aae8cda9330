package dev.trivium.local;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.util.Map;

/// What the tests do with the real client.
final class Amqp {
    /// The declaration that dead-letters alike on RabbitMQ and on the embedded broker.
    static Map<String, Object> deadLetteringTo(String exchange, String queue) {
        return Map.of(
                "x-queue-type",
                "quorum",
                "x-delivery-limit",
                5,
                "x-dead-letter-exchange",
                exchange,
                "x-dead-letter-routing-key",
                queue,
                "alternateBinding",
                Map.of("destination", queue),
                "x-qpid-maximum-delivery-count",
                1);
    }

    private Amqp() {}

    static Connection connect(String uri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }
}
