package dev.trivium.starter;

import java.time.Instant;

/// The place of an item in a list that is sorted by an instant, with the id to tell items of one
/// instant apart. The instant counts in whole milliseconds, as MongoDB stores it.
public record Position(Instant at, String id) {}
