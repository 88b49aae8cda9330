/// The rules of notifications. Knows no framework: what it needs of the outside is an interface
/// here.
@NullMarked
package dev.trivium.notifications.domain;

import org.jspecify.annotations.NullMarked;
