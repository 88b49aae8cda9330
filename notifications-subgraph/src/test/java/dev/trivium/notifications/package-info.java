@NullMarked
package dev.trivium.notifications;

import org.jspecify.annotations.NullMarked;
