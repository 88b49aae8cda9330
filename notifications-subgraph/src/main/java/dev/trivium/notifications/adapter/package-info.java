/// Connects the rules of notifications to GraphQL, RabbitMQ and MongoDB.
@NullMarked
package dev.trivium.notifications.adapter;

import org.jspecify.annotations.NullMarked;
