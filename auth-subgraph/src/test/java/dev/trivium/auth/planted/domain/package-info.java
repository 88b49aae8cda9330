/// Breaks the rules of [dev.trivium.auth.ArchitectureTest] on purpose.
@NullMarked
package dev.trivium.auth.planted.domain;

import org.jspecify.annotations.NullMarked;
