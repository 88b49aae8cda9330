@NullMarked
package dev.trivium.events;

import org.jspecify.annotations.NullMarked;
