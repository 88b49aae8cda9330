package dev.trivium.starter;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.listener.AsyncConsumerRestartedEvent;
import org.springframework.amqp.rabbit.listener.AsyncConsumerStartedEvent;
import org.springframework.amqp.rabbit.listener.AsyncConsumerStoppedEvent;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Says something to all instances of a service that run, this one included, over a fanout
/// exchange. Each instance has a queue of its own, which is gone with its connection: what is said
/// while an instance has none does not reach it, and it is told so.
///
/// @param <T> what is said
public final class Broadcast<T> implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
    private static final long RECOVERY_INTERVAL_MS = 1_000;
    private static final int PREFETCH = 100;

    /// RabbitMQ drops the oldest beyond; the embedded broker passes over it.
    private static final int MOST_WAITING = 100_000;

    /// A dead connection is noticed after two heartbeats at the latest.
    private static final Duration UNNOTICED = Duration.ofMinutes(1);

    private final RabbitOperations rabbit;
    private final AmqpAdmin admin;
    private final FanoutExchange exchange;
    private final Queue queue;
    private final Class<T> type;
    private final Listener<T> listener;
    private final SimpleMessageListenerContainer container;
    private final JsonMapper json = JsonMapper.builder().build();

    /// Since when it has not heard everything; null while it does.
    private volatile @Nullable Instant deafSince = Instant.now();

    /// Who hears it.
    public interface Listener<T> {

        /// What was said. An exception is logged, and the next one follows.
        void said(T what);

        /// Whatever was said since may have been missed; it is heard again from now on.
        void missed(Instant since);
    }

    Broadcast(
            ConnectionFactory connections,
            AmqpAdmin admin,
            RabbitOperations rabbit,
            String exchange,
            Class<T> type,
            Listener<T> listener) {
        this.rabbit = rabbit;
        this.admin = admin;
        this.exchange = new FanoutExchange(exchange);
        this.queue =
                new Queue(
                        exchange + "." + UUID.randomUUID(),
                        false,
                        true,
                        true,
                        Map.of("x-max-length", MOST_WAITING));
        this.type = type;
        this.listener = listener;
        this.container = container(connections);
        connections.addConnectionListener(_ -> declare());
    }

    private SimpleMessageListenerContainer container(ConnectionFactory connections) {
        var consumer = new SimpleMessageListenerContainer(connections);
        consumer.setQueueNames(queue.getName());
        consumer.setMessageListener(this::received);
        consumer.setAcknowledgeMode(AcknowledgeMode.NONE);
        consumer.setPrefetchCount(PREFETCH);
        consumer.setMissingQueuesFatal(false);
        consumer.setRecoveryInterval(RECOVERY_INTERVAL_MS);
        consumer.setTaskExecutor(new VirtualThreadTaskExecutor(exchange.getName() + "-"));
        consumer.setApplicationEventPublisher(this::changed);
        consumer.afterPropertiesSet();
        return consumer;
    }

    /// Each connection needs a queue of its own.
    private void declare() {
        admin.declareExchange(exchange);
        admin.declareQueue(queue);
        admin.declareBinding(BindingBuilder.bind(queue).to(exchange));
    }

    private void changed(Object event) {
        switch (event) {
            case AsyncConsumerStartedEvent _ -> {
                Instant since = deafSince;
                deafSince = null;
                listener.missed((since == null ? Instant.now() : since).minus(UNNOTICED));
            }
            case AsyncConsumerStoppedEvent _,
                    AsyncConsumerRestartedEvent _,
                    ListenerContainerConsumerFailedEvent _ -> {
                if (deafSince == null) {
                    deafSince = Instant.now();
                }
            }
            default -> {
                // Nothing that has to do with hearing.
            }
        }
    }

    /// Fails where the broker is out of reach.
    public void say(T what) {
        Message message =
                MessageBuilder.withBody(json.writeValueAsBytes(what))
                        .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                        .build();
        rabbit.send(exchange.getName(), "", message);
    }

    private void received(Message message) {
        try {
            listener.said(json.readValue(message.getBody(), type));
        } catch (JacksonException e) {
            log.error("Not a message of {}: {}", exchange.getName(), e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            log.error("A message of {} was not handled", exchange.getName(), e);
        }
    }

    /// Whether what is said reaches this instance.
    boolean hears() {
        return deafSince == null;
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }
}
