/// The program: `java -jar trivium-router.jar COMMAND`.
@NullMarked
package dev.trivium.server.commands;

import org.jspecify.annotations.NullMarked;
