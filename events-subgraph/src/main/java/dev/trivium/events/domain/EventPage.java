package dev.trivium.events.domain;

import org.jspecify.annotations.Nullable;

/// A stretch of a list of events.
///
/// @param after the place before the first event of the page; null to begin with the first one
/// @param limit how many events at most
public record EventPage(@Nullable Place after, int limit) {}
