package dev.trivium.events.domain;

/// What a retry of a creation is known by.
///
/// @param key unique among all creators
/// @param details what the first attempt asked for
public record Creation(String key, EventDetails details) {}
