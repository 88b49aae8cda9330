@NullMarked
package dev.trivium.auth.domain;

import org.jspecify.annotations.NullMarked;
