package dev.trivium.starter;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitOperations;

/// Makes the [Broadcast]s of a service.
public final class Broadcasts {
    private final ConnectionFactory connections;
    private final AmqpAdmin admin;
    private final RabbitOperations rabbit;

    Broadcasts(ConnectionFactory connections, AmqpAdmin admin, RabbitOperations rabbit) {
        this.connections = connections;
        this.admin = admin;
        this.rabbit = rabbit;
    }

    /// A broadcast among the instances of a service; to be a bean of it.
    ///
    /// @param exchange of this broadcast alone
    /// @param type of what is said, which becomes JSON
    public <T> Broadcast<T> of(String exchange, Class<T> type, Broadcast.Listener<T> listener) {
        return new Broadcast<>(connections, admin, rabbit, exchange, type, listener);
    }
}
