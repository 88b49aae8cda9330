package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A mapping of a YAML file. What is wrong with it becomes an issue, and the walk goes on with the
/// fallback, so that one run reports everything.
final class YamlSection implements Section {
    private final Scalars scalars;
    private final List<Issue> issues;
    private final SourceLocation location;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private record Entry(SourceLocation location, Node value) {}

    /// @param node the mapping, or null for an absent one
    YamlSection(@Nullable MappingNode node, SourceLocation location, Scalars scalars) {
        this.scalars = scalars;
        this.issues = scalars.issues();
        this.location = location;
        if (node != null) {
            node.getValue().forEach(this::add);
        }
    }

    private void add(NodeTuple tuple) {
        var at = scalars.location(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            report("WRONG_TYPE", "a key must be a text", at);
        } else if (entries.containsKey(key.getValue())) {
            report("DUPLICATE_KEY", "`%s` stands here twice".formatted(key.getValue()), at);
        } else {
            entries.put(key.getValue(), new Entry(at, tuple.getValueNode()));
        }
    }

    /// Reports the keys that no method has asked for.
    void rejectUnknownKeys() {
        var expected = String.join(", ", known);
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                report(
                        "UNKNOWN_KEY",
                        "unknown key `%s`; known here: %s".formatted(key, expected),
                        entry.location());
            }
        });
    }

    @Override
    public String text(String key, String description, String fallback) {
        var value = optionalText(key, description);
        return value == null ? fallback : value;
    }

    @Override
    public @Nullable String optionalText(String key, String description) {
        var node = value(key);
        return node == null ? null : scalars.text(key, node);
    }

    @Override
    public String requiredText(String key, String description) {
        var text = optionalText(key, description);
        if (text == null) {
            report("MISSING_KEY", "`%s` is missing".formatted(key), location);
        }
        return text == null ? "" : text;
    }

    @Override
    public <T> T parsed(
            String key, String description, T fallback, Function<String, Outcome<T>> parse) {
        var node = value(key);
        var text = node == null ? null : scalars.text(key, node);
        var value = node == null || text == null ? null : parsed(node, text, parse);
        return value == null ? fallback : value;
    }

    private <T> @Nullable T parsed(Node node, String text, Function<String, Outcome<T>> parse) {
        return switch (parse.apply(text)) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var found) -> {
                var at = scalars.location(node);
                found.forEach(issue -> report(issue.code(), issue.message(), at));
                yield null;
            }
        };
    }

    @Override
    public <T> @Nullable T file(
            String key, String description, boolean required, Function<byte[], Outcome<T>> parse) {
        var text = required ? requiredText(key, description) : optionalText(key, description);
        if (text == null || text.isEmpty()) {
            return null;
        }
        var path = scalars.path(text);
        var at = scalars.location(Objects.requireNonNull(value(key)));
        var name = "`%s`: the file %s".formatted(key, path);
        try {
            return switch (parse.apply(Files.readAllBytes(path))) {
                case Outcome.Accepted<T>(var value) -> value;
                case Outcome.Rejected<T>(var found) -> {
                    found.forEach(it -> report(it.code(), name + " " + it.message(), at));
                    yield null;
                }
            };
        } catch (IOException _) {
            report("UNREADABLE_FILE", name + " cannot be read", at);
            return null;
        }
    }

    @Override
    public @Nullable Path optionalPath(String key, String description) {
        var text = optionalText(key, description);
        return text == null || text.isEmpty() ? null : scalars.path(text);
    }

    @Override
    public List<Path> paths(String key, String description) {
        return texts(key, description, List.of()).stream().map(scalars::path).toList();
    }

    @Override
    public boolean flag(String key, String description, boolean fallback) {
        var node = value(key);
        var value = node == null ? null : scalars.flag(key, node);
        return value == null ? fallback : value;
    }

    @Override
    public int integer(String key, String description, int fallback, int minimum, int maximum) {
        var node = value(key);
        var value = node == null ? null : scalars.integer(key, node, minimum, maximum);
        return value == null ? fallback : value;
    }

    @Override
    public Duration duration(String key, String description, Duration fallback) {
        var node = value(key);
        var value = node == null ? null : scalars.duration(key, node);
        return value == null ? fallback : value;
    }

    @Override
    public URI url(String key, String description) {
        var node = value(key);
        if (node == null) {
            report("MISSING_KEY", "`%s` is missing".formatted(key), location);
            return Scalars.NO_URL;
        }
        var url = scalars.url(key, node);
        return url == null ? Scalars.NO_URL : url;
    }

    @Override
    public List<String> texts(String key, String description, List<String> fallback) {
        var node = value(key);
        if (node == null) {
            return fallback;
        }
        var texts = new ArrayList<String>();
        for (var element : elements(key, node)) {
            var text = scalars.text(key, element);
            if (text != null) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    @Override
    public <T> List<T> parsedTexts(
            String key, String description, Function<String, Outcome<T>> parse) {
        var node = value(key);
        var values = new ArrayList<T>();
        for (var element : node == null ? List.<Node>of() : elements(key, node)) {
            var text = scalars.text(key, element);
            var value = text == null ? null : parsed(element, text, parse);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    @Override
    public List<String> choices(
            String key, String description, List<String> fallback, List<String> allowed) {
        var chosen = texts(key, description, fallback);
        var at = locationOf(key);
        for (var choice : chosen) {
            if (!allowed.contains(choice)) {
                var expected = String.join(", ", allowed);
                report(
                        "OUT_OF_RANGE",
                        "`%s` cannot be `%s`; allowed: %s".formatted(key, choice, expected),
                        at);
            }
        }
        return chosen;
    }

    @Override
    public <T extends @Nullable Object> T section(
            String key, String description, Function<Section, T> content) {
        var node = value(key);
        return node == null
                ? content.apply(new YamlSection(null, location, scalars))
                : read(key, node, content);
    }

    @Override
    public <T extends @Nullable Object> @Nullable T optionalSection(
            String key, String description, Function<Section, T> content) {
        var node = value(key);
        return node == null ? null : read(key, node, content);
    }

    @Override
    public <T> List<T> sections(String key, String description, Function<Section, T> element) {
        var node = value(key);
        return node == null
                ? List.of()
                : elements(key, node).stream().map(each -> read(key, each, element)).toList();
    }

    @Override
    public <T> Map<String, T> named(String key, String description, Function<Section, T> element) {
        var values = new LinkedHashMap<String, T>();
        names(key).forEach((name, entry) -> values.put(name, read(name, entry.value(), element)));
        return Map.copyOf(values);
    }

    @Override
    public <T> Map<String, T> requiredNamed(
            String key, String description, Function<Section, T> element) {
        var node = value(key);
        var entry = entries.get(key);
        if (entry == null) {
            report("MISSING_KEY", "`%s` is missing".formatted(key), location);
        } else if (node == null
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty())) {
            report(
                    "MISSING_KEY",
                    "`%s` is empty; it must name at least one".formatted(key),
                    entry.location());
        }
        return named(key, description, element);
    }

    @Override
    public Map<String, URI> namedUrls(String key, String description) {
        var values = new LinkedHashMap<String, URI>();
        names(key)
                .forEach((name, entry) -> {
                    var url = scalars.url(name, entry.value());
                    if (url != null) {
                        values.put(name, url);
                    }
                });
        return Map.copyOf(values);
    }

    @Override
    public void conflict(String key, String message) {
        report("CONFLICT", message, locationOf(key));
    }

    @Override
    public Map<String, String> namedTexts(String key, String description) {
        var values = new LinkedHashMap<String, String>();
        names(key)
                .forEach((name, entry) -> {
                    var text = scalars.text(name, entry.value());
                    if (text != null) {
                        values.put(name, text);
                    }
                });
        return Map.copyOf(values);
    }

    private Map<String, Entry> names(String key) {
        var node = value(key);
        return node == null
                ? Map.of()
                : new YamlSection(mapping(key, node), location, scalars).entries;
    }

    private <T extends @Nullable Object> T read(
            String key, Node node, Function<Section, T> content) {
        var section = new YamlSection(mapping(key, node), scalars.location(node), scalars);
        var value = content.apply(section);
        section.rejectUnknownKeys();
        return value;
    }

    private @Nullable MappingNode mapping(String key, Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        report("WRONG_TYPE", "`%s` must be a mapping".formatted(key), scalars.location(node));
        return null;
    }

    private List<Node> elements(String key, Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        report("WRONG_TYPE", "`%s` must be a list".formatted(key), scalars.location(node));
        return List.of();
    }

    /// The value of a key; null where the key is absent or has no value.
    private @Nullable Node value(String key) {
        known.add(key);
        var entry = entries.get(key);
        return entry == null || entry.value().getTag().equals(Tag.NULL) ? null : entry.value();
    }

    private SourceLocation locationOf(String key) {
        var entry = entries.get(key);
        return entry == null ? location : scalars.location(entry.value());
    }

    private void report(String code, String message, SourceLocation at) {
        issues.add(new Issue(code, message, at));
    }
}
