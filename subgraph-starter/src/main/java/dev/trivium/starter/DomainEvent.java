package dev.trivium.starter;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The envelope in which a domain event travels, as JSON with these very names.
///
/// @param eventId identifies the event; a consumer may see an event more than once and knows it by
///   this
/// @param type names the event and is its routing key, for example `UserCreated`
/// @param schemaVersion the version of the payload's form, from 1
/// @param aggregateId the aggregate that the event is about
/// @param aggregateVersion the aggregate's version after the change
/// @param traceparent the W3C trace context of the request that caused it, if there was one
/// @param payload what happened, in JSON's types
public record DomainEvent(
        String eventId,
        String type,
        int schemaVersion,
        String aggregateId,
        long aggregateVersion,
        Instant occurredAt,
        @Nullable String traceparent,
        Map<String, @Nullable Object> payload) {}
