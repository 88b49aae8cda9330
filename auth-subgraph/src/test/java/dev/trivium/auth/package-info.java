@NullMarked
package dev.trivium.auth;

import org.jspecify.annotations.NullMarked;
