package dev.trivium.planner.proof;

import dev.trivium.composition.SubgraphSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The schema of a subgraph while it is made.
final class SubgraphDraft {
    private static final String HEAD =
            """
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", \
            "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", \
            "@interfaceObject", "@context", "@fromContext"])
            """;

    /// A type.
    ///
    /// @param body by the name of a field, its arguments, type and directives
    private record Type(
            String keyword,
            SequencedSet<String> interfaces,
            SequencedSet<String> directives,
            SequencedMap<String, String> body) {}

    final int number;
    private final SequencedMap<String, Type> types = new LinkedHashMap<>();

    SubgraphDraft(int number) {
        this.number = number;
    }

    String name() {
        return "s" + number;
    }

    boolean has(String type) {
        return types.containsKey(type);
    }

    boolean has(String type, String field) {
        return has(type) && type(type).body().containsKey(field);
    }

    private Type type(String name) {
        return types.computeIfAbsent(
                name,
                _ ->
                        new Type(
                                "type",
                                new LinkedHashSet<>(),
                                new LinkedHashSet<>(),
                                new LinkedHashMap<>()));
    }

    /// @param keyword `type`, `interface`, `union`, `enum`, `input` or `scalar`
    void declare(String keyword, String name) {
        types.putIfAbsent(
                name,
                new Type(
                        keyword,
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashMap<>()));
    }

    void directive(String type, String directive) {
        type(type).directives().add(directive);
    }

    boolean isKeyed(String type) {
        return has(type)
                && type(type).directives().stream()
                        .anyMatch(it -> it.startsWith("@key") && !it.contains("resolvable"));
    }

    void implement(String type, String interfaceName) {
        type(type).interfaces().add(interfaceName);
    }

    boolean isA(String type, String abstractType) {
        return has(type)
                && has(abstractType)
                && (type(type).interfaces().contains(abstractType)
                        || type(abstractType).body().containsKey(type));
    }

    /// Adds a field, a value or a member.
    ///
    /// @param rest arguments, type and directives of a field
    void add(String type, String name, String rest) {
        type(type).body().put(name, rest);
    }

    boolean isExternal(String type, String field) {
        return has(type, field)
                && String.valueOf(type(type).body().get(field)).contains("@external");
    }

    /// Marks a field, if the subgraph resolves it, as one that others resolve too.
    void share(String type, String field) {
        if (has(type, field) && !isExternal(type, field)) {
            type(type)
                    .body()
                    .computeIfPresent(
                            field,
                            (_, rest) -> rest.contains("@shareable") ? rest : rest + " @shareable");
        }
    }

    /// Adds a directive to a field or value, if there is one.
    void mark(String type, String name, String directive) {
        if (has(type, name)) {
            type(type).body().computeIfPresent(name, (_, rest) -> marked(rest, directive));
        }
    }

    /// Adds a directive to all fields that return a type.
    void markReturning(String target, String directive) {
        for (Type type : types.values()) {
            type.body()
                    .replaceAll((_, rest) ->
                            rest.matches(".*: \\[*" + target + "\\b.*")
                                            && !rest.contains("@external")
                                    ? marked(rest, directive)
                                    : rest);
        }
    }

    private static String marked(String rest, String directive) {
        return rest.contains(directive) ? rest : rest + " " + directive;
    }

    SubgraphSource source() {
        StringBuilder sdl = new StringBuilder(HEAD);
        types.forEach((name, type) -> {
            sdl.append(type.keyword()).append(' ').append(name);
            if (!type.interfaces().isEmpty()) {
                sdl.append(" implements ").append(String.join(" & ", type.interfaces()));
            }
            type.directives().forEach(it -> sdl.append(' ').append(it));
            if (type.keyword().equals("union")) {
                sdl.append(" = ").append(String.join(" | ", type.body().keySet()));
            } else if (!type.keyword().equals("scalar")) {
                sdl.append(" {\n");
                type.body()
                        .forEach((field, rest) ->
                                sdl.append("  ").append(field).append(rest).append('\n'));
                sdl.append('}');
            }
            sdl.append('\n');
        });
        return new SubgraphSource(name(), "http://" + name(), sdl.toString());
    }
}
