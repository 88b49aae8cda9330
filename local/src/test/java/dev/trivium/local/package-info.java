@NullMarked
package dev.trivium.local;

import org.jspecify.annotations.NullMarked;
