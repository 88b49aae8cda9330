package dev.trivium.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// A subgraph schema under construction: mutable, made of texts, and free to be wrong.
final class DraftSubgraph {
    final String name;
    final List<DraftType> types = new ArrayList<>();

    /// The second number of the federation version, or -1 for a schema of Federation 1.
    int minorVersion;

    /// Directives imported under another name.
    boolean aliases;

    /// Whatever stands before the types.
    final List<String> header = new ArrayList<>();

    /// A type; of which parts there are depends on its keyword.
    static final class DraftType {
        String keyword;
        final String name;
        String description = "";
        final List<String> interfaces = new ArrayList<>();
        final List<String> directives = new ArrayList<>();
        final List<DraftField> fields = new ArrayList<>();
        final List<String> members = new ArrayList<>();

        DraftType(String keyword, String name) {
            this.keyword = keyword;
            this.name = name;
        }

        DraftType copy() {
            DraftType copy = new DraftType(keyword, name);
            copy.description = description;
            copy.interfaces.addAll(interfaces);
            copy.directives.addAll(directives);
            fields.forEach(field -> copy.fields.add(field.copy()));
            copy.members.addAll(members);
            return copy;
        }

        boolean hasField(String field) {
            return fields.stream().anyMatch(f -> f.name.equals(field));
        }
    }

    /// A field or an enum value.
    static final class DraftField {
        String name;
        String arguments = "";
        String type;
        String description = "";
        final List<String> directives = new ArrayList<>();

        DraftField(String name, String type) {
            this.name = name;
            this.type = type;
        }

        DraftField copy() {
            DraftField copy = new DraftField(name, type);
            copy.arguments = arguments;
            copy.description = description;
            copy.directives.addAll(directives);
            return copy;
        }
    }

    DraftSubgraph(String name, int minorVersion) {
        this.name = name;
        this.minorVersion = minorVersion;
    }

    DraftType type(String typeName) {
        return types.stream().filter(t -> t.name.equals(typeName)).findFirst().orElseThrow();
    }

    boolean hasType(String typeName) {
        return types.stream().anyMatch(t -> t.name.equals(typeName));
    }

    static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    SubgraphSource source() {
        String body = types.stream().map(DraftSubgraph::text).collect(Collectors.joining("\n\n"));
        String text = link() + String.join("\n", header) + "\n" + renamed(body) + "\n";
        return new SubgraphSource(name, "http://" + name, text);
    }

    private String link() {
        if (minorVersion < 0) {
            return "";
        }
        String imports =
                DirectiveSample.ALL.stream()
                        .filter(directive -> directive.since() <= minorVersion)
                        .map(directive -> imported(directive.name()))
                        .collect(Collectors.joining(", "));
        return "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.%d\", import: [%s])\n"
                .formatted(minorVersion, imports);
    }

    private String imported(String directive) {
        return isAliased(directive)
                ? "{name: \"@%s\", as: \"@my_%s\"}".formatted(directive, directive)
                : "\"@%s\"".formatted(directive);
    }

    private boolean isAliased(String directive) {
        return aliases && (directive.equals("key") || directive.equals("shareable"));
    }

    private String renamed(String body) {
        return aliases ? body.replaceAll("@(key|shareable)\\b", "@my_$1") : body;
    }

    private static String text(DraftType type) {
        String interfaces =
                type.interfaces.isEmpty()
                        ? ""
                        : " implements " + String.join(" & ", type.interfaces);
        String head =
                type.description
                        + type.keyword
                        + " "
                        + type.name
                        + interfaces
                        + type.directives.stream().map(d -> " " + d).collect(Collectors.joining());
        if (type.keyword.endsWith("union")) {
            return head + (type.members.isEmpty() ? "" : " = " + String.join(" | ", type.members));
        }
        if (type.fields.isEmpty()) {
            return head;
        }
        boolean values = type.keyword.endsWith("enum");
        return type.fields.stream()
                .map(field -> "  " + text(field, values))
                .collect(Collectors.joining("\n", head + " {\n", "\n}"));
    }

    private static String text(DraftField field, boolean value) {
        return field.description
                + field.name
                + field.arguments
                + (value ? "" : ": " + field.type)
                + field.directives.stream().map(d -> " " + d).collect(Collectors.joining());
    }
}
