@NullMarked
package dev.trivium.starter;

import org.jspecify.annotations.NullMarked;
