package dev.trivium.events.domain;

import org.jspecify.annotations.Nullable;

/// Who looks at events.
///
/// @param userId null for somebody who is not logged in
public record Viewer(@Nullable String userId) {}
