/// The rules of accounts and sessions. Knows no framework: what it needs of the outside is an
/// interface here.
@NullMarked
package dev.trivium.auth.domain;

import org.jspecify.annotations.NullMarked;
