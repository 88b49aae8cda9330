package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts the parts of a response together, as a client does.
final class DeferredParts {

    private DeferredParts() {}

    /// The whole response, without errors.
    static JsonNode together(List<Part> parts) {
        JsonNode whole = Engine.JSON.readTree(Engine.text(parts.getFirst()));
        assertThat(parts.getFirst().place()).isNull();
        Set<Place> pending = new HashSet<>(parts.getFirst().pending());
        for (Part part : parts.subList(1, parts.size())) {
            assertThat(pending.remove(part.place())).as("announced: %s", part.place()).isTrue();
            pending.addAll(part.pending());
            JsonNode object = object(whole.get("data"), part);
            JsonNode data = Engine.JSON.readTree(Engine.text(part)).get("data");
            if (!data.isNull()) {
                merge(object, data);
            }
        }
        assertThat(pending).as("announced, but never sent").isEmpty();
        assertThat(parts.getLast().last()).isTrue();
        assertThat(parts.subList(0, parts.size() - 1)).noneMatch(Part::last);
        return whole;
    }

    /// The object that a part is about, which must have been sent before.
    private static JsonNode object(JsonNode data, Part part) {
        JsonNode at = data;
        for (Object segment : Objects.requireNonNull(part.place()).path()) {
            at = segment instanceof Integer index ? at.get(index) : at.get((String) segment);
        }
        assertThat(at.isObject()).as(part.toString()).isTrue();
        return at;
    }

    private static void merge(JsonNode into, JsonNode more) {
        if (into instanceof ObjectNode object && more.isObject()) {
            more.forEachEntry((key, value) -> {
                if (object.has(key) && object.get(key).isContainer() && value.isContainer()) {
                    merge(object.get(key), value);
                } else if (!object.has(key) || object.get(key).isNull()) {
                    object.set(key, value);
                }
            });
        } else if (into.isArray()) {
            for (int i = 0; i < Math.min(into.size(), more.size()); i++) {
                merge(into.get(i), more.get(i));
            }
        }
    }
}
