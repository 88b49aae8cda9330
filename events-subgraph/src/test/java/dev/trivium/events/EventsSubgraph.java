package dev.trivium.events;

import com.mongodb.client.model.Filters;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.trivium.testkit.Await;
import dev.trivium.testkit.CommandCounter;
import dev.trivium.testkit.GraphQlClient;
import dev.trivium.testkit.TestDatabase;
import dev.trivium.testkit.TestTokens;
import dev.trivium.testkit.TestVirtualHost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service with servers of its own, and what tests ask of it.
final class EventsSubgraph {
    private static final String QUEUE = "test.domain-events";
    private static final CommandCounter COMMANDS = new CommandCounter();

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

    EventsSubgraph() throws Exception {
        broker = listen();
        service =
                new SpringApplication(EventsApplication.class, Counting.class)
                        .run(
                                "--server.port=0",
                                "--spring.mongodb.uri=" + database.uri(),
                                "--spring.rabbitmq.addresses=" + virtualHost.uri(),
                                "--trivium.security.jwks-uri=" + tokens.jwksUri(),
                                "--trivium.security.issuer=" + TestTokens.ISSUER,
                                "--trivium.outbox.poll-interval=1h");
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        client = new GraphQlClient(URI.create("http://127.0.0.1:" + port + "/graphql"), null);
    }

    private Connection listen() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(virtualHost.uri());
        Connection connection = factory.newConnection();
        try (Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("trivium.domain-events", "topic", true);
            channel.queueDeclare(QUEUE, true, false, false, Map.of());
            channel.queueBind(QUEUE, "trivium.domain-events", "#");
        }
        return connection;
    }

    /// A client for a user; null for nobody.
    GraphQlClient as(@Nullable String user) {
        return user == null ? client : client.as(tokens.of(user));
    }

    /// A token of a user that expired long enough ago for any clock.
    String expired(String user) {
        return tokens.of(user, Instant.now().minus(Duration.ofMinutes(5)));
    }

    /// Creates an event and returns its id.
    String create(String user, String title, String startsAt, String visibility) {
        return as(user).send(
                        """
                        mutation ($title: String!, $startsAt: DateTime!, $visibility: EventVisibility!) {
                          createEvent(input: {title: $title, startsAt: $startsAt, visibility: $visibility}) {
                            event { id }
                          }
                        }
                        """,
                        Map.of("title", title, "startsAt", startsAt, "visibility", visibility))
                .text("/createEvent/event/id");
    }

    /// The names of the database commands that an action sends, once the relay rests.
    List<String> commandsOf(Runnable action) {
        awaitPublished();
        COMMANDS.reset();
        action.run();
        return COMMANDS.commands();
    }

    /// What the database replies to an action, as JSON, once the relay rests.
    List<String> repliesTo(Runnable action) {
        List<String> _ = commandsOf(action);
        return COMMANDS.replies();
    }

    void awaitPublished() {
        MongoOperations mongo = service.getBean(MongoOperations.class);
        Await.until(
                "all events are published",
                () ->
                        mongo.execute(
                                "events",
                                events ->
                                        events.countDocuments(Filters.exists("outboxDueAt")) == 0));
    }

    MongoOperations mongo() {
        return service.getBean(MongoOperations.class);
    }

    /// The envelopes that were published since the last call.
    List<JsonNode> published() throws Exception {
        awaitPublished();
        JsonMapper json = JsonMapper.builder().build();
        List<JsonNode> envelopes = new ArrayList<>();
        try (Channel channel = broker.createChannel()) {
            for (GetResponse got = channel.basicGet(QUEUE, true);
                    got != null;
                    got = channel.basicGet(QUEUE, true)) {
                envelopes.add(json.readTree(got.getBody()));
            }
        }
        return envelopes;
    }

    void stop() throws Exception {
        service.close();
        broker.close();
        tokens.close();
        virtualHost.close();
        database.close();
    }
}
