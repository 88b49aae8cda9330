package dev.trivium.server.configuration;

import dev.trivium.language.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One mapping of the configuration file. Each method names a key that may stand in it.
///
/// The methods of {@link ConfigurationReader} that walk over sections are the only description of
/// the format: over a {@link YamlSection} they read a file, over a {@link SchemaSection} they write
/// its JSON Schema.
sealed interface Section permits YamlSection, SchemaSection {

    /// A text, or the fallback where the key is absent.
    String text(String key, String description, String fallback);

    /// A text that has no sensible fallback.
    @Nullable String optionalText(String key, String description);

    /// A text that must be there.
    String requiredText(String key, String description);

    /// A text of a form of its own, or the fallback where the key is absent. What `parse` rejects
    /// is an issue at the value.
    <T> T parsed(String key, String description, T fallback, Function<String, Outcome<T>> parse);

    /// What a file says, or null where the key is absent. The path is relative to the file that it
    /// stands in. A file that cannot be read, or that `parse` rejects, is an issue at the path.
    ///
    /// @param required whether it is an issue if the key is absent
    <T> @Nullable T file(
            String key, String description, boolean required, Function<byte[], Outcome<T>> parse);

    /// A path, relative to the file that it stands in; null where the key is absent.
    @Nullable Path optionalPath(String key, String description);

    /// Paths, relative to the file that they stand in; empty where the key is absent.
    List<Path> paths(String key, String description);

    boolean flag(String key, String description, boolean fallback);

    int integer(String key, String description, int fallback, int minimum, int maximum);

    /// A number with a unit: `500ms`, `30s`, `5m`, `1h`.
    Duration duration(String key, String description, Duration fallback);

    /// An absolute `http` or `https` URL; the key must be present.
    URI url(String key, String description);

    List<String> texts(String key, String description, List<String> fallback);

    /// Texts of a form of their own; empty where the key is absent.
    <T> List<T> parsedTexts(String key, String description, Function<String, Outcome<T>> parse);

    /// Texts out of a fixed set.
    List<String> choices(
            String key, String description, List<String> fallback, List<String> allowed);

    /// A nested mapping; where the key is absent, one without keys.
    <T extends @Nullable Object> T section(
            String key, String description, Function<Section, T> content);

    /// A nested mapping; null where the key is absent.
    <T extends @Nullable Object> @Nullable T optionalSection(
            String key, String description, Function<Section, T> content);

    /// A list of mappings; empty where the key is absent.
    <T> List<T> sections(String key, String description, Function<Section, T> element);

    /// Mappings under names that the user chooses.
    <T> Map<String, T> named(String key, String description, Function<Section, T> element);

    /// Mappings under names that the user chooses, of which there must be one.
    <T> Map<String, T> requiredNamed(String key, String description, Function<Section, T> element);

    /// Texts under names that the user chooses.
    Map<String, String> namedTexts(String key, String description);

    /// URLs under names that the user chooses.
    Map<String, URI> namedUrls(String key, String description);

    /// The value of a key that was read does not go with the other values.
    void conflict(String key, String message);
}
