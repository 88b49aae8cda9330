/// Connects the rules of events to GraphQL and MongoDB.
@NullMarked
package dev.trivium.events.adapter;

import org.jspecify.annotations.NullMarked;
