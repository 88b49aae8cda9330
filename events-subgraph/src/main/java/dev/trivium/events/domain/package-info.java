/// The rules of events. Knows no framework: what it needs of the outside is an interface here.
@NullMarked
package dev.trivium.events.domain;

import org.jspecify.annotations.NullMarked;
