package dev.trivium.execution;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Keeps what a client would get.
class CollectingSink implements ClientSink {

    final List<Part> parts = new ArrayList<>();

    @Override
    public void part(Part part) {
        parts.add(part);
    }

    @Override
    public void failed(RuntimeException bug) {
        throw bug;
    }

    Part only() {
        if (parts.size() != 1 || !parts.getFirst().last()) {
            throw new AssertionError("parts: " + parts.size());
        }
        return parts.getFirst();
    }

    String text() {
        return new String(only().buffer(), 0, only().length(), StandardCharsets.UTF_8);
    }
}
