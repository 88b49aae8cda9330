/// The events of subgraphs: how they are subscribed to, shared and kept until clients want them.
@NullMarked
package dev.trivium.server.events;

import org.jspecify.annotations.NullMarked;
