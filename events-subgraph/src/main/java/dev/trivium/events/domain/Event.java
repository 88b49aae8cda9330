package dev.trivium.events.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that takes place at a time.
///
/// @param version counts the changes, from 1
public record Event(
        String id,
        String creatorId,
        EventDetails details,
        EventStatus status,
        @Nullable String cancellationReason,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public String title() {
        return details.title();
    }

    public @Nullable String description() {
        return details.description();
    }

    public Instant startsAt() {
        return details.startsAt();
    }

    public @Nullable Instant endsAt() {
        return details.endsAt();
    }

    public @Nullable String location() {
        return details.location();
    }

    public @Nullable Integer capacity() {
        return details.capacity();
    }

    public EventVisibility visibility() {
        return details.visibility();
    }

    public boolean isVisibleTo(Viewer viewer) {
        return visibility() == EventVisibility.PUBLIC || isOf(viewer);
    }

    boolean isOf(Viewer viewer) {
        return creatorId.equals(viewer.userId());
    }

    boolean isCancelled() {
        return status == EventStatus.CANCELLED;
    }

    Event with(EventDetails changed, Instant now) {
        return new Event(
                id, creatorId, changed, status, cancellationReason, version + 1, createdAt, now);
    }

    Event cancelled(@Nullable String reason, Instant now) {
        return new Event(
                id, creatorId, details, EventStatus.CANCELLED, reason, version + 1, createdAt, now);
    }
}
