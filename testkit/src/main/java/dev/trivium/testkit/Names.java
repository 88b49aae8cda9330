package dev.trivium.testkit;

import java.util.UUID;

/// Names that no other test, and nobody else's data, has.
final class Names {
    private Names() {}

    static String random(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
    }
}
