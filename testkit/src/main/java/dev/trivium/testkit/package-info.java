/// What tests of several modules share: databases and virtual hosts of their own on real or
/// embedded servers, a counter of database commands, waiting for a condition.
@NullMarked
package dev.trivium.testkit;

import org.jspecify.annotations.NullMarked;
