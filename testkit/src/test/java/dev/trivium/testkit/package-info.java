@NullMarked
package dev.trivium.testkit;

import org.jspecify.annotations.NullMarked;
