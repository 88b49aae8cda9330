@NullMarked
package dev.trivium.auth.adapter;

import org.jspecify.annotations.NullMarked;
