package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a response lacks of the one that a single service gives, and whether its errors say so.
final class Losses {

    private Losses() {}

    /// A part, which must be a response: errors in their form.
    static JsonNode response(Part part) {
        JsonNode response = Engine.JSON.readTree(Engine.text(part));
        assertThat(response.has("data")).isTrue();
        assertThat(!response.get("data").isNull() || response.has("errors"))
                .as(response.toString())
                .isTrue();
        for (JsonNode error : response.path("errors")) {
            assertThat(error.get("message").isString()).isTrue();
            assertThat(error.at("/extensions/code").isString()).isTrue();
        }
        return response;
    }

    /// The errors of all parts of a response.
    static List<JsonNode> errors(List<Part> parts) {
        List<JsonNode> errors = new ArrayList<>();
        parts.forEach(part -> response(part).path("errors").forEach(errors::add));
        return errors;
    }

    /// What is lost.
    ///
    /// @param position of a null, or of an object
    /// @param missing whether it is a field of the object, which a deferred part should have
    ///   brought
    record Loss(List<Object> position, boolean missing) {}

    /// What has a value in the expected data only. Where both have one, it is the same.
    ///
    /// @param inParts whether fields may be missing
    static List<Loss> between(JsonNode expected, JsonNode actual, boolean inParts) {
        List<Loss> lost = new ArrayList<>();
        collect(expected, actual, List.of(), inParts, lost);
        return lost;
    }

    private static void collect(
            JsonNode expected,
            @Nullable JsonNode actual,
            List<Object> path,
            boolean inParts,
            List<Loss> lost) {
        if (actual == null) {
            lost.add(new Loss(path.subList(0, path.size() - 1), true));
        } else if (actual.isNull() && !expected.isNull()) {
            lost.add(new Loss(path, false));
        } else if (expected.isObject()) {
            if (!inParts) {
                assertThat(actual.propertyNames())
                        .as(path.toString())
                        .isEqualTo(expected.propertyNames());
            }
            expected.forEachEntry((key, value) ->
                    collect(value, actual.get(key), with(path, key), inParts, lost));
        } else if (expected.isArray()) {
            assertThat(actual.size()).as(path.toString()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                collect(expected.get(i), actual.get(i), with(path, i), inParts, lost);
            }
        } else {
            assertThat(actual).as(path.toString()).isEqualTo(expected);
        }
    }

    private static List<Object> with(List<Object> path, Object segment) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    /// Whether there is an error at the position, above it or below it. A field is also missing
    /// where the whole part is null that would have brought it, which has an error of its own.
    static boolean isExplained(Loss loss, List<JsonNode> errors, List<Part> parts) {
        return errors.stream().anyMatch(error -> explains(error, loss.position()))
                || (loss.missing()
                        && parts.stream().anyMatch(part -> isNullAbove(part, loss.position())));
    }

    private static boolean isNullAbove(Part part, List<Object> position) {
        return part.place() != null
                && response(part).get("data").isNull()
                && position.size() >= part.place().path().size()
                && position.subList(0, part.place().path().size()).equals(part.place().path());
    }

    private static boolean explains(JsonNode error, List<Object> position) {
        boolean fits = error.has("path");
        for (int i = 0; fits && i < Math.min(position.size(), error.get("path").size()); i++) {
            fits = position.get(i).toString().equals(error.get("path").get(i).asString());
        }
        return fits;
    }
}
