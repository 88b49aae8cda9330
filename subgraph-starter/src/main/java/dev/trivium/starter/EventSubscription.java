package dev.trivium.starter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a service wants to hear of: its queue and a handler per event type. A service declares it as a
/// bean; the starter declares the queue, binds it to these types and feeds the handlers.
///
///     @Bean
///     EventSubscription events(Welcomes welcomes) {
///         return EventSubscription.of("notifications.domain-events")
///                 .on("UserCreated", 1, UserCreated.class, welcomes::send)
///                 .ignore("EventUpdated");
///     }
///
/// A handler sees an event at least once, so it must be idempotent by [DomainEvent#eventId]; when it
/// returns, the message is acknowledged. When it throws, it is tried again, a bounded number of times,
/// and then the message becomes a dead letter; while the database is out of reach, the message waits.
/// A message that is no envelope, of a type or schema version that is not declared here, or whose
/// payload does not fit, is a dead letter at once.
public final class EventSubscription {
    private final String queue;
    private final Map<String, Handler<?>> handlers = new LinkedHashMap<>();

    /// @param schemaVersion the version that it understands, or [#ANY_VERSION]
    record Handler<P>(int schemaVersion, Class<P> payload, BiConsumer<DomainEvent, P> action) {
        static final int ANY_VERSION = 0;

        void handle(DomainEvent event, EventJson json) {
            if (schemaVersion != ANY_VERSION && event.schemaVersion() != schemaVersion) {
                throw new EventJson.MalformedEventException(
                        "Schema version %d of %s is not known"
                                .formatted(event.schemaVersion(), event.type()));
            }
            action.accept(event, json.payload(event, payload));
        }
    }

    private EventSubscription(String queue) {
        this.queue = queue;
    }

    public static EventSubscription of(String queue) {
        return new EventSubscription(queue);
    }

    /// Handles one type of event.
    ///
    /// @param payload a record for the payload; its compact constructor rejects what is missing
    public <P> EventSubscription on(
            String type, int schemaVersion, Class<P> payload, BiConsumer<DomainEvent, P> action) {
        if (handlers.put(type, new Handler<>(schemaVersion, payload, action)) != null) {
            throw new IllegalArgumentException("Two handlers for " + type);
        }
        return this;
    }

    /// Takes events of this type, in any schema version, and does nothing with them, so that their
    /// publisher finds a queue: an event that no queue takes stays in its outbox.
    public EventSubscription ignore(String type) {
        return on(type, Handler.ANY_VERSION, Object.class, (event, payload) -> {});
    }

    String queue() {
        return queue;
    }

    Set<String> types() {
        return handlers.keySet();
    }

    @Nullable Handler<?> handler(String type) {
        return handlers.get(type);
    }
}
