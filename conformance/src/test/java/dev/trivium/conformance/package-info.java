/// Tests of the packaged programs, as processes and from outside.
@NullMarked
package dev.trivium.conformance;

import org.jspecify.annotations.NullMarked;
