/// The file `router.yaml`: what it may say, and how it is read.
@NullMarked
package dev.trivium.server.configuration;

import org.jspecify.annotations.NullMarked;
