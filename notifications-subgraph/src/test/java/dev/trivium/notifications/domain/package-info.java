@NullMarked
package dev.trivium.notifications.domain;

import org.jspecify.annotations.NullMarked;
