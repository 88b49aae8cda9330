package dev.trivium.notifications.domain;

import org.jspecify.annotations.Nullable;

/// A stretch of a user's notifications.
///
/// @param after the place before the first one of the page; null to begin with the newest
/// @param limit how many at most
/// @param unreadOnly leaves out what has been read
public record NotificationPage(@Nullable Place after, int limit, boolean unreadOnly) {}
