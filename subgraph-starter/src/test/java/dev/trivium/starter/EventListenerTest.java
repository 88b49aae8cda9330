package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.dao.DataAccessResourceFailureException;

class EventListenerTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String EVENT =
            """
            {"eventId":"e1","type":"UserCreated","schemaVersion":1,"aggregateId":"u1",
             "aggregateVersion":1,"occurredAt":"2026-05-01T18:00:00Z","traceparent":"%s",
             "payload":{"userId":"u1"}}
            """
                    .formatted(TRACE);

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<String> handled = new ArrayList<>();
    private int attempts;
    private boolean databaseReady = true;
    private @Nullable String traceSeen;

    private final EventListener listener =
            new EventListener(
                    EventSubscription.of("test")
                            .on("UserCreated", 1, UserCreated.class, (e, user) -> handle(user))
                            .ignore("EventUpdated"),
                    new SubgraphProperties.Consumer(3, Duration.ofMillis(1), 1),
                    () -> databaseReady);

    record UserCreated(String userId) {
        UserCreated {
            Objects.requireNonNull(userId);
        }
    }

    @Test
    void handsTheEventToItsHandler() {
        listen(EVENT);
        assertThat(handled).containsExactly("u1");
        assertThat(traceSeen).isEqualTo(TRACE);
        assertThat(TraceContext.current()).isNull();
    }

    @Test
    void triesAgainAndThenSucceeds() {
        failures.add(new IllegalStateException("first"));
        failures.add(new IllegalStateException("second"));
        listen(EVENT);
        assertThat(handled).containsExactly("u1");
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void givesUpAfterSoManyAttempts() {
        for (int i = 0; i < 10; i++) {
            failures.add(new IllegalStateException("again"));
        }
        assertDeadLetter(EVENT);
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void anOutageOfTheDatabaseCountsAsNoAttempt() {
        for (int i = 0; i < 10; i++) {
            failures.add(new DataAccessResourceFailureException("away"));
        }
        listen(EVENT);
        assertThat(handled).containsExactly("u1");
        assertThat(attempts).isEqualTo(11);
    }

    @Test
    void waitsForTheDatabaseAndGivesTheMessageBackWhenTheServiceStops() {
        databaseReady = false;
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> listen(EVENT));
        listener.stop();
        assertThat(waiting.handle((done, failure) -> failure).orTimeout(5, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(ImmediateRequeueAmqpException.class);
        assertThat(attempts).isZero();
    }

    @Test
    void passesOverATypeThatIsDeclaredAsIgnored() {
        String ignored = EVENT.replace("UserCreated", "EventUpdated");
        listen(ignored);
        listen(ignored.replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{}"})
    void whatCannotBeReadIsADeadLetterAtOnce(String body) {
        assertDeadLetter(body);
        assertThat(attempts).isZero();
    }

    @Test
    void anUnknownTypeOrVersionIsADeadLetterAtOnce() {
        assertDeadLetter(EVENT.replace("UserCreated", "java.lang.Runtime"));
        assertDeadLetter(EVENT.replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
        assertThat(attempts).isZero();
    }

    @Test
    void aPayloadThatDoesNotFitIsADeadLetterAtOnce() {
        assertDeadLetter(EVENT.replace("{\"userId\":\"u1\"}", "{\"userId\":null}"));
        assertThat(attempts).isZero();
    }

    private void handle(UserCreated user) {
        attempts++;
        traceSeen = TraceContext.current();
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        handled.add(user.userId());
    }

    private void assertDeadLetter(String body) {
        assertThatExceptionOfType(AmqpRejectAndDontRequeueException.class)
                .isThrownBy(() -> listen(body));
        assertThat(handled).isEmpty();
    }

    private void listen(String body) {
        listener.onMessage(MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8)).build());
    }
}
