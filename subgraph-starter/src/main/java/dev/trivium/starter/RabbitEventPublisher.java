package dev.trivium.starter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitOperations;

/// Publishes to the topic exchange with the event's type as routing key, on one channel, and waits
/// for the confirmations. A message that no queue takes has not been published: RabbitMQ returns
/// and then confirms it, other brokers refuse it; both leave the event in the outbox.
final class RabbitEventPublisher implements EventPublisher {
    private static final Logger log = LoggerFactory.getLogger(RabbitEventPublisher.class);

    private final RabbitOperations rabbit;
    private final Duration confirmTimeout;
    private final EventJson json = new EventJson();

    RabbitEventPublisher(RabbitOperations rabbit, Duration confirmTimeout) {
        this.rabbit = rabbit;
        this.confirmTimeout = confirmTimeout;
    }

    @Override
    public Set<String> publish(List<DomainEvent> events) {
        List<CorrelationData> sent = new ArrayList<>(events.size());
        try {
            rabbit.invoke(channel -> {
                for (DomainEvent event : events) {
                    var correlation = new CorrelationData(event.eventId());
                    channel.send(Topology.EVENTS, event.type(), message(event), correlation);
                    sent.add(correlation);
                }
                return sent.size();
            });
        } catch (AmqpException e) {
            log.debug("Publishing stopped after {} of {} events", sent.size(), events.size(), e);
        }
        return confirmed(sent);
    }

    private Message message(DomainEvent event) {
        var message =
                MessageBuilder.withBody(json.write(event))
                        .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                        .setContentEncoding(StandardCharsets.UTF_8.name())
                        .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                        .setMessageId(event.eventId())
                        .setType(event.type());
        if (event.traceparent() != null) {
            message.setHeader("traceparent", event.traceparent());
        }
        return message.build();
    }

    private Set<String> confirmed(List<CorrelationData> sent) {
        Set<String> confirmed = new HashSet<>();
        long deadline = System.nanoTime() + confirmTimeout.toNanos();
        for (CorrelationData correlation : sent) {
            if (isConfirmed(correlation, deadline)) {
                confirmed.add(correlation.getId());
            }
        }
        return confirmed;
    }

    private static boolean isConfirmed(CorrelationData correlation, long deadline) {
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            var confirm = correlation.getFuture().get(left, TimeUnit.NANOSECONDS);
            return confirm.ack() && correlation.getReturned() == null;
        } catch (TimeoutException | ExecutionException e) {
            log.debug("No confirmation of event {}", correlation.getId(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
