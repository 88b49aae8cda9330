package dev.trivium.notifications.domain;

import java.time.Instant;

/// A place in the order of notifications: newest first, and by descending id among those of one
/// instant.
public record Place(Instant createdAt, String id) {}
