package dev.trivium.server.configuration;

import dev.trivium.language.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Describes a mapping as JSON Schema (draft 2020-12) while it is walked as if it were empty.
final class SchemaSection implements Section {
    private final JsonObject properties = new JsonObject();
    private final JsonArray required = new JsonArray();

    JsonObject schema() {
        var schema =
                new JsonObject()
                        .put("type", "object")
                        .put("additionalProperties", false)
                        .put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    @Override
    public String text(String key, String description, String fallback) {
        property(key, description, type("string").put("default", fallback));
        return fallback;
    }

    @Override
    public @Nullable String optionalText(String key, String description) {
        property(key, description, type("string"));
        return null;
    }

    @Override
    public String requiredText(String key, String description) {
        property(key, description, type("string"));
        required.add(key);
        return "";
    }

    @Override
    public <T> T parsed(
            String key, String description, T fallback, Function<String, Outcome<T>> parse) {
        property(key, description, type("string"));
        return fallback;
    }

    @Override
    public <T> @Nullable T file(
            String key, String description, boolean required, Function<byte[], Outcome<T>> parse) {
        var _ = required ? requiredText(key, description) : optionalText(key, description);
        return null;
    }

    @Override
    public @Nullable Path optionalPath(String key, String description) {
        property(key, description, type("string"));
        return null;
    }

    @Override
    public List<Path> paths(String key, String description) {
        var _ = texts(key, description, List.of());
        return List.of();
    }

    @Override
    public boolean flag(String key, String description, boolean fallback) {
        property(key, description, orVariable(type("boolean")).put("default", fallback));
        return fallback;
    }

    @Override
    public int integer(String key, String description, int fallback, int minimum, int maximum) {
        var number = type("integer").put("minimum", minimum).put("maximum", maximum);
        property(key, description, orVariable(number).put("default", fallback));
        return fallback;
    }

    @Override
    public Duration duration(String key, String description, Duration fallback) {
        var text =
                fallback.toMillisPart() == 0
                        ? fallback.toSeconds() + "s"
                        : fallback.toMillis() + "ms";
        property(key, description, type("string").put("default", text));
        return fallback;
    }

    @Override
    public URI url(String key, String description) {
        property(key, description, type("string"));
        required.add(key);
        return Scalars.NO_URL;
    }

    @Override
    public List<String> texts(String key, String description, List<String> fallback) {
        var array = type("array").put("items", type("string"));
        property(key, description, array.put("default", new JsonArray(fallback)));
        return fallback;
    }

    @Override
    public <T> List<T> parsedTexts(
            String key, String description, Function<String, Outcome<T>> parse) {
        var _ = texts(key, description, List.of());
        return List.of();
    }

    @Override
    public List<String> choices(
            String key, String description, List<String> fallback, List<String> allowed) {
        var items = type("string").put("enum", new JsonArray(allowed));
        var array = type("array").put("items", items);
        property(key, description, array.put("default", new JsonArray(fallback)));
        return fallback;
    }

    @Override
    public <T extends @Nullable Object> T section(
            String key, String description, Function<Section, T> content) {
        var nested = new SchemaSection();
        var value = content.apply(nested);
        property(key, description, nested.schema());
        return value;
    }

    @Override
    public <T extends @Nullable Object> @Nullable T optionalSection(
            String key, String description, Function<Section, T> content) {
        return section(key, description, content);
    }

    @Override
    public <T> List<T> sections(String key, String description, Function<Section, T> element) {
        property(key, description, type("array").put("items", describe(element)));
        return List.of();
    }

    @Override
    public <T> Map<String, T> named(String key, String description, Function<Section, T> element) {
        property(key, description, type("object").put("additionalProperties", describe(element)));
        return Map.of();
    }

    @Override
    public <T> Map<String, T> requiredNamed(
            String key, String description, Function<Section, T> element) {
        var names = type("object").put("additionalProperties", describe(element));
        property(key, description, names.put("minProperties", 1));
        required.add(key);
        return Map.of();
    }

    @Override
    public Map<String, String> namedTexts(String key, String description) {
        var texts = type("object").put("additionalProperties", type("string"));
        property(key, description, texts);
        return Map.of();
    }

    @Override
    public Map<String, URI> namedUrls(String key, String description) {
        var urls = type("object").put("additionalProperties", type("string"));
        property(key, description, urls);
        return Map.of();
    }

    @Override
    public void conflict(String key, String message) {}

    private static <T> JsonObject describe(Function<Section, T> element) {
        var nested = new SchemaSection();
        // The walk itself describes; what it returns is of no use here.
        var _ = element.apply(nested);
        return nested.schema();
    }

    /// A value that may also come from the environment, and is then a text in the file.
    private static JsonObject orVariable(JsonObject schema) {
        var variable = type("string").put("pattern", "\\$\\{env\\.");
        return new JsonObject().put("anyOf", new JsonArray().add(schema).add(variable));
    }

    private void property(String key, String description, JsonObject schema) {
        properties.put(key, schema.put("description", description));
    }

    private static JsonObject type(String name) {
        return new JsonObject().put("type", name);
    }
}
