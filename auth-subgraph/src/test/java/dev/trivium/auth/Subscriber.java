package dev.trivium.auth;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Another service: hears of every new user.
final class Subscriber implements AutoCloseable {
    private static final String EXCHANGE = "trivium.domain-events";
    private static final String QUEUE = "test.users";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
    private final Connection connection;

    Subscriber(String uri) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(uri);
            connection = factory.newConnection();
            Channel channel = connection.createChannel();
            channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(QUEUE, true, false, false, Map.of());
            channel.queueBind(QUEUE, EXCHANGE, "UserCreated");
            channel.basicConsume(
                    QUEUE,
                    true,
                    (tag, message) -> events.add(JSON.readTree(message.getBody())),
                    tag -> {});
        } catch (Exception e) {
            throw new AssertionError("No broker at " + uri, e);
        }
    }

    /// The events about this user so far.
    long eventsAbout(String userId) {
        return events.stream()
                .filter(event -> event.at("/aggregateId").asString().equals(userId))
                .count();
    }

    JsonNode firstAbout(String userId) {
        return events.stream()
                .filter(event -> event.at("/aggregateId").asString().equals(userId))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new AssertionError("The broker went away", e);
        }
    }
}
