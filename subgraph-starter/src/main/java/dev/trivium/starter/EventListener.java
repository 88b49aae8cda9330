package dev.trivium.starter;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;

/// Feeds the messages of one queue to the handlers of its [EventSubscription].
///
/// Returning acknowledges the message; rejecting makes it a dead letter. A failure is tried again
/// here, in the listener: brokers differ in how they count what is put back. While the database is
/// out of reach nothing is counted, the message waits, and the prefetch bounds what waits with it.
final class EventListener implements MessageListener {
    private static final Logger log = LoggerFactory.getLogger(EventListener.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final EventSubscription subscription;
    private final SubgraphProperties.Consumer settings;
    private final BooleanSupplier databaseReady;
    private final EventJson json = new EventJson();
    private volatile boolean stopping;

    EventListener(
            EventSubscription subscription,
            SubgraphProperties.Consumer settings,
            BooleanSupplier databaseReady) {
        this.subscription = subscription;
        this.settings = settings;
        this.databaseReady = databaseReady;
    }

    /// Lets a message that waits go back to the queue.
    void stop() {
        stopping = true;
    }

    @Override
    public void onMessage(Message message) {
        DomainEvent event;
        EventSubscription.Handler<?> handler;
        try {
            event = json.read(message.getBody());
            handler = subscription.handler(event.type());
        } catch (EventJson.MalformedEventException e) {
            throw deadLetter(message, e);
        }
        if (handler == null) {
            throw deadLetter(
                    message,
                    new EventJson.MalformedEventException("The type of this event is not known"));
        }
        TraceContext.set(event.traceparent());
        try {
            handle(message, event, handler);
        } finally {
            TraceContext.clear();
        }
    }

    private void handle(Message message, DomainEvent event, EventSubscription.Handler<?> handler) {
        Duration pause = settings.firstBackoff();
        int failures = 0;
        while (true) {
            try {
                awaitDatabase();
                handler.handle(event, json);
                return;
            } catch (ImmediateRequeueAmqpException e) {
                throw e;
            } catch (EventJson.MalformedEventException e) {
                throw deadLetter(message, e);
            } catch (RuntimeException e) {
                if (!Outages.isOutage(e) && ++failures >= settings.attempts()) {
                    throw deadLetter(message, e);
                }
                log.warn(
                        "Handling event {} failed, trying again: {}",
                        event.eventId(),
                        e.toString());
            }
            pause(pause);
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }

    private void awaitDatabase() {
        while (!databaseReady.getAsBoolean()) {
            pause(settings.firstBackoff());
        }
    }

    private void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
        if (stopping) {
            throw new ImmediateRequeueAmqpException("The service stops");
        }
    }

    private AmqpRejectAndDontRequeueException deadLetter(Message message, RuntimeException cause) {
        log.error(
                "Message {} of {} is a dead letter",
                message.getMessageProperties().getMessageId(),
                subscription.queue(),
                cause);
        return new AmqpRejectAndDontRequeueException("dead letter", cause);
    }
}
