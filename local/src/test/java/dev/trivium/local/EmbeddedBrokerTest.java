package dev.trivium.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class EmbeddedBrokerTest {
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String QUEUE = "work";
    private static final String DEAD_QUEUE = "work.dlq";
    private static final CancelCallback IGNORE_CANCEL = tag -> {};

    private static EmbeddedBroker broker;
    private Connection connection;
    private Channel channel;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.inMemory(0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void declare() throws Exception {
        broker.createVirtualHost("test");
        connection = Amqp.connect(broker.uri("test"));
        channel = connection.createChannel();
        channel.exchangeDeclare(DEAD_LETTERS, "topic", true);
        channel.queueDeclare(DEAD_QUEUE, true, false, false, Map.of());
        channel.queueBind(DEAD_QUEUE, DEAD_LETTERS, DEAD_QUEUE);
        channel.queueDeclare(
                QUEUE, true, false, false, Amqp.deadLetteringTo(DEAD_LETTERS, DEAD_QUEUE));
    }

    @AfterEach
    void delete() throws Exception {
        if (connection.isOpen()) {
            connection.close();
        }
        broker.deleteVirtualHost("test");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedMessageIsDeadLetteredAfterOneDelivery(boolean byReject) throws Exception {
        List<String> deliveries = new CopyOnWriteArrayList<>();
        channel.basicConsume(
                QUEUE,
                false,
                (tag, delivery) -> {
                    deliveries.add(new String(delivery.getBody(), StandardCharsets.UTF_8));
                    long number = delivery.getEnvelope().getDeliveryTag();
                    if (byReject) {
                        channel.basicReject(number, false);
                    } else {
                        channel.basicNack(number, false, false);
                    }
                },
                IGNORE_CANCEL);
        publish("poison");
        Await.until(() -> messages(DEAD_QUEUE) == 1);
        assertThat(deliveries).containsExactly("poison");
        assertThat(messages(QUEUE)).isZero();
    }

    @Test
    void anAbortedConnectionGivesItsMessagesBack() throws Exception {
        publish("again");
        Connection aborted = Amqp.connect(broker.uri("test"));
        for (int i = 0; i < 3; i++) {
            GetResponse got = aborted.createChannel().basicGet(QUEUE, false);
            assertThat(got).isNotNull();
            aborted.abort();
            Await.until(() -> messages(QUEUE) == 1);
            aborted = Amqp.connect(broker.uri("test"));
        }
        aborted.close();
        GetResponse got = channel.basicGet(QUEUE, true);
        assertThat(got.getEnvelope().isRedeliver()).isTrue();
        assertThat(messages(DEAD_QUEUE)).isZero();
    }

    @Test
    void virtualHostsAreApart() throws Exception {
        broker.createVirtualHost("other");
        Connection other = Amqp.connect(broker.uri("other"));
        Channel there = other.createChannel();
        assertThatThrownBy(() -> there.queueDeclarePassive(QUEUE))
                .hasStackTraceContaining("not found");
        other.abort();
        broker.deleteVirtualHost("other");
        assertThatThrownBy(() -> Amqp.connect(broker.uri("other")))
                .hasStackTraceContaining("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/default"})
    void theDefaultVirtualHostHasTheNamesThatClientsUse(String suffix) throws Exception {
        try (Connection defaultHost = Amqp.connect(broker.uri() + suffix)) {
            assertThat(defaultHost.isOpen()).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        String uri = broker.uri().replace("guest:guest", "guest:wrong");
        assertThatThrownBy(() -> Amqp.connect(uri))
                .hasStackTraceContaining("Authentication failed");
    }

    private void publish(String body) throws Exception {
        channel.basicPublish("", QUEUE, null, body.getBytes(StandardCharsets.UTF_8));
    }

    private long messages(String queue) {
        try (Channel counting = connection.createChannel()) {
            return counting.messageCount(queue);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
