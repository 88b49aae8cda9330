/// The build's step that makes the platform's typed client.
@NullMarked
package dev.trivium.mobile;

import org.jspecify.annotations.NullMarked;
