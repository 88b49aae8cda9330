package dev.trivium.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.notifications.domain.Notification;
import dev.trivium.starter.EventStreams;
import dev.trivium.testkit.Await;
import dev.trivium.testkit.GraphQlStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.context.ConfigurableApplicationContext;

/// `notificationReceived` with two instances of the service on one database and one broker.
@Tag("broker")
@Timeout(120)
class NotificationReceivedTest {
    private static final String DOCUMENT =
            "subscription { notificationReceived { id kind text event { id } } }";

    private static NotificationsSubgraph subgraph;
    private static ConfigurableApplicationContext other;

    private final String ada = "ada-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        subgraph = new NotificationsSubgraph();
        other = subgraph.start();
    }

    @AfterAll
    static void stop() throws Exception {
        other.close();
        subgraph.stop();
    }

    private static GraphQlStream open(ConfigurableApplicationContext at, String user) {
        GraphQlStream stream =
                GraphQlStream.open(
                        NotificationsSubgraph.endpoint(at), DOCUMENT, null, subgraph.token(user));
        awaitOwner(at, user);
        return stream;
    }

    @SuppressWarnings("unchecked") // the bean has this type
    private static EventStreams<Notification> streams(ConfigurableApplicationContext of) {
        return of.getBean(EventStreams.class);
    }

    private static void awaitOwner(ConfigurableApplicationContext at, String user) {
        Await.until("the stream is open", () -> streams(at).owners().contains(user));
    }

    private static List<String> texts(GraphQlStream stream) {
        return stream.events().stream()
                .map(event -> event.at("/data/notificationReceived/text").asString())
                .toList();
    }

    private static void awaitEvents(GraphQlStream stream, int count) {
        Await.until(count + " events", () -> stream.events().size() >= count);
    }

    /// Whichever instance consumes the domain event, both hold a stream.
    @Test
    void reachesTheStreamsOfItsRecipientOnEveryInstance() {
        try (var here = open(subgraph.service(), ada);
                var there = open(other, ada);
                var somebodyElse = open(other, bob)) {
            for (int i = 0; i < 6; i++) {
                subgraph.eventCreated(id(), ada, "opera-" + i, "Opera " + i);
            }
            subgraph.userCreated(id(), bob, "Bob");
            awaitEvents(here, 6);
            awaitEvents(there, 6);
            awaitEvents(somebodyElse, 1);
            var event = here.events().getFirst().at("/data/notificationReceived");
            assertThat(event.at("/kind").asString()).isEqualTo("EVENT_CREATED");
            assertThat(event.at("/event/id").asString()).startsWith("opera-");
            assertThat(texts(here)).containsExactlyInAnyOrderElementsOf(texts(there)).hasSize(6);
            assertThat(texts(somebodyElse)).containsExactly("Welcome to Trivium, Bob!");
        }
    }

    @Test
    void aDomainEventThatComesAgainIsToldOnce() {
        try (var stream = open(subgraph.service(), ada)) {
            String news = id();
            for (int i = 0; i < 3; i++) {
                subgraph.eventCreated(news, ada, "opera", "Opera");
            }
            subgraph.awaitCount(ada, 1);
            Await.until(
                    "the queue is empty", () -> subgraph.waiting(NotificationsSubgraph.QUEUE) == 0);
            subgraph.userCreated(id(), ada, "Ada");
            awaitEvents(stream, 2);
            assertThat(texts(stream))
                    .containsExactly(
                            "Your event “Opera” has been created.", "Welcome to Trivium, Ada!");
        }
    }

    /// The token may be in the upgrade request, or in the payload of `connection_init`.
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void knowsTheCaller(boolean inHeader, boolean inPayload) {
        String token = subgraph.token(ada);
        URI endpoint = NotificationsSubgraph.endpoint(other);
        try (var stream =
                GraphQlStream.open(
                        endpoint, DOCUMENT, inHeader ? token : null, inPayload ? token : null)) {
            awaitOwner(other, ada);
            subgraph.userCreated(id(), ada, "Ada");
            awaitEvents(stream, 1);
        }
        Await.until("the stream is gone", () -> !streams(other).owners().contains(ada));
    }

    @Test
    void refusesAnonymousCallersWithACode() {
        URI endpoint = NotificationsSubgraph.endpoint(other);
        try (var stream = GraphQlStream.open(endpoint, DOCUMENT, null, null)) {
            awaitEvents(stream, 1);
            assertThat(stream.events().getFirst().at("/errors/0/extensions/code").asString())
                    .isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void closesWhereTheTokenIsBad() {
        URI endpoint = NotificationsSubgraph.endpoint(other);
        try (var stream = GraphQlStream.open(endpoint, DOCUMENT, null, "nonsense")) {
            Await.until("it is closed", () -> stream.closeCode() > 0);
            assertThat(stream.closeCode()).isEqualTo(4401);
            assertThat(stream.isSubscribed()).isFalse();
        }
    }

    @Test
    void theLimitsOfOperationsHoldHereToo() {
        // Each fragment doubles the next: more than 10,000 fields in a short text.
        var document = new StringBuilder("subscription { notificationReceived { ...f0 } }");
        for (int i = 0; i < 14; i++) {
            document.append(
                    " fragment f%1$d on Notification { ...f%2$d ...f%2$d }".formatted(i, i + 1));
        }
        document.append(" fragment f14 on Notification { id }");
        try (var stream =
                GraphQlStream.open(
                        NotificationsSubgraph.endpoint(other),
                        document.toString(),
                        null,
                        subgraph.token(ada))) {
            Await.until(
                    "it is refused",
                    () -> !stream.events().isEmpty() || !stream.errors().isEmpty());
            assertThat(stream.events().toString() + stream.errors())
                    .contains("GRAPHQL_VALIDATION_FAILED");
        }
    }

    @Test
    void goesOnAfterTheConnectionToTheBrokerIsLost() {
        try (var stream = open(other, ada)) {
            other.getBean(CachingConnectionFactory.class).resetConnection();
            subgraph.service().getBean(CachingConnectionFactory.class).resetConnection();
            subgraph.eventCreated(id(), ada, "opera", "Opera");
            awaitEvents(stream, 1);
            subgraph.userCreated(id(), ada, "Ada");
            awaitEvents(stream, 2);
            assertThat(texts(stream)).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void alsoComesAsServerSentEvents() throws Exception {
        var request =
                HttpRequest.newBuilder(NotificationsSubgraph.endpoint(other))
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .header("Authorization", "Bearer " + subgraph.token(ada))
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"query\":\"" + DOCUMENT.replace("\"", "") + "\"}"))
                        .build();
        List<String> lines = new CopyOnWriteArrayList<>();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.sendAsync(request, BodyHandlers.ofLines());
            awaitOwner(other, ada);
            subgraph.userCreated(id(), ada, "Ada");
            Thread.ofVirtual().start(() -> response.join().body().forEach(lines::add));
            Await.until("an event", () -> lines.stream().anyMatch(it -> it.contains("Welcome")));
            assertThat(response.join().headers().firstValue("content-type").orElse(""))
                    .startsWith("text/event-stream");
            http.shutdownNow();
        }
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
