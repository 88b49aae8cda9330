package dev.trivium.events.domain;

import java.time.Instant;

/// A place in the order of events: by start, and by id where two start at once.
public record Place(Instant startsAt, String id) {}
