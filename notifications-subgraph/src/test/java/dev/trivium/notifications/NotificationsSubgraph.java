package dev.trivium.notifications;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.trivium.testkit.Await;
import dev.trivium.testkit.CommandCounter;
import dev.trivium.testkit.GraphQlClient;
import dev.trivium.testkit.TestDatabase;
import dev.trivium.testkit.TestTokens;
import dev.trivium.testkit.TestVirtualHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.json.JsonMapper;

/// The service with servers of its own, and what tests ask of it.
final class NotificationsSubgraph {
    static final String QUEUE = "notifications.domain-events";
    static final String DEAD_LETTERS = QUEUE + ".dlq";

    private static final String EXCHANGE = "trivium.domain-events";
    private static final CommandCounter COMMANDS = new CommandCounter();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestDatabase database = new TestDatabase();
    private final TestVirtualHost virtualHost = new TestVirtualHost();
    private final TestTokens tokens = new TestTokens();
    private final Connection broker;
    private final ConfigurableApplicationContext service;
    private final GraphQlClient client;

    @Configuration(proxyBeanMethods = false)
    static class Counting {
        @Bean
        MongoClientSettingsBuilderCustomizer countCommands() {
            return settings -> settings.addCommandListener(COMMANDS);
        }
    }

    NotificationsSubgraph() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(virtualHost.uri());
        broker = factory.newConnection();
        service = start();
        client = new GraphQlClient(endpoint(service), null);
        Await.until("the service listens to its queue", this::isListening);
    }

    /// Another instance, on the same database and broker.
    ConfigurableApplicationContext start() {
        return new SpringApplication(NotificationsApplication.class, Counting.class)
                .run(
                        "--server.port=0",
                        "--spring.mongodb.uri=" + database.uri(),
                        "--spring.rabbitmq.addresses=" + virtualHost.uri(),
                        "--trivium.security.jwks-uri=" + tokens.jwksUri(),
                        "--trivium.security.issuer=" + TestTokens.ISSUER,
                        "--trivium.consumer.first-backoff=10ms",
                        "--trivium.outbox.poll-interval=1h");
    }

    static URI endpoint(ConfigurableApplicationContext instance) {
        String port = instance.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + "/graphql");
    }

    ConfigurableApplicationContext service() {
        return service;
    }

    String token(String user) {
        return tokens.of(user);
    }

    private boolean isListening() {
        try (Channel channel = broker.createChannel()) {
            return channel.consumerCount(QUEUE) > 0;
        } catch (Exception e) {
            return false;
        }
    }

    /// A client for a user; null for nobody.
    GraphQlClient as(@Nullable String user) {
        return user == null ? client : client.as(tokens.of(user));
    }

    /// Publishes that a user has signed up.
    void userCreated(String eventId, String user, String name) {
        publish(eventId, "UserCreated", Map.of("userId", user, "displayName", name));
    }

    /// Publishes that an event was created.
    void eventCreated(String eventId, String creator, String event, String title) {
        publish(
                eventId,
                "EventCreated",
                Map.of(
                        "eventId",
                        event,
                        "creatorId",
                        creator,
                        "title",
                        title,
                        "startsAt",
                        "2026-05-01T18:00:00Z",
                        "visibility",
                        "PUBLIC"));
    }

    private void publish(String eventId, String type, Map<String, Object> payload) {
        publish(type, envelope(eventId, type, 1, payload));
    }

    static String envelope(
            String eventId, String type, int schemaVersion, Map<String, Object> payload) {
        return JSON.writeValueAsString(
                Map.of(
                        "eventId",
                        eventId,
                        "type",
                        type,
                        "schemaVersion",
                        schemaVersion,
                        "aggregateId",
                        UUID.randomUUID().toString(),
                        "aggregateVersion",
                        1,
                        "occurredAt",
                        "2026-03-01T10:00:00Z",
                        "payload",
                        payload));
    }

    /// Publishes any text under a routing key.
    void publish(String routingKey, String body) {
        try (Channel channel = broker.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(
                    EXCHANGE,
                    routingKey,
                    new BasicProperties.Builder().deliveryMode(2).build(),
                    body.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// How many messages wait in a queue.
    long waiting(String queue) {
        try (Channel channel = broker.createChannel()) {
            return channel.messageCount(queue);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// How many notifications the user has.
    long count(String user) {
        return as(user).send(
                        NotificationsSubgraphTest.LIST,
                        NotificationsSubgraphTest.variables(user, false))
                .at("/_entities/0/notifications/edges")
                .size();
    }

    void awaitCount(String user, long count) {
        Await.until(user + " has " + count + " notifications", () -> count(user) == count);
    }

    /// The names of the database commands that an action sends.
    List<String> commandsOf(Runnable action) {
        COMMANDS.reset();
        action.run();
        return COMMANDS.commands();
    }

    MongoOperations mongo() {
        return service.getBean(MongoOperations.class);
    }

    void stop() throws Exception {
        service.close();
        broker.close();
        tokens.close();
        virtualHost.close();
        database.close();
    }
}
