/// Servers that speak the protocols of MongoDB and RabbitMQ inside one JVM, so that the platform
/// starts, and its tests run, on a machine that has neither. For development: they keep what they
/// acknowledged when the process is killed, but they are not made for load or for power loss.
@NullMarked
package dev.trivium.local;

import org.jspecify.annotations.NullMarked;
