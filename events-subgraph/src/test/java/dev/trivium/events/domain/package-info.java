@NullMarked
package dev.trivium.events.domain;

import org.jspecify.annotations.NullMarked;
