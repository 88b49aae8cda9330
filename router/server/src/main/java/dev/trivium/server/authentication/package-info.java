/// Who sent a request: verification of bearer tokens against the keys that issuers publish.
@NullMarked
package dev.trivium.server.authentication;

import org.jspecify.annotations.NullMarked;
