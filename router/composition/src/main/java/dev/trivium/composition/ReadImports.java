package dev.trivium.composition;

import dev.trivium.language.Directive;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SpecUrl;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the argument `import` of a link: `["@key", {name: "@tag", as: "@label"}]`.
final class ReadImports {
    private final SpecUrl url;
    private final Consumer<String> problems;
    private final SequencedMap<String, String> imports = new LinkedHashMap<>();
    private final Map<String, String> namesByLocal = new HashMap<>();

    private ReadImports(SpecUrl url, Consumer<String> problems) {
        this.url = url;
        this.problems = problems;
    }

    /// @param problems takes what is wrong with an import, which is then left out
    /// @return name in the specification to name in the schema, directives with their `@`
    static SequencedMap<String, String> read(
            SpecUrl url, Directive link, Consumer<String> problems) {
        var read = new ReadImports(url, problems);
        if (link.argument("import") instanceof Value.ListValue(var elements)) {
            elements.forEach(read::add);
        }
        return read.imports;
    }

    private void add(Value element) {
        switch (element) {
            case Value.StringValue(var name) -> add(name, name);
            case Value.ObjectValue(var fields) -> addRenamed(fields);
            case Value.Variable _,
                    Value.IntValue _,
                    Value.FloatValue _,
                    Value.BooleanValue _,
                    Value.NullValue _,
                    Value.EnumValue _,
                    Value.ListValue _ ->
                    problems.accept("An import is a name, or {name: …, as: …}.");
        }
    }

    private void addRenamed(SequencedMap<String, Value> fields) {
        for (String field : fields.keySet()) {
            if (!field.equals("name") && !field.equals("as")) {
                problems.accept(
                        "An import has the fields \"name\" and \"as\", but not \"%s\"."
                                .formatted(field));
            }
        }
        if (fields.get("name") instanceof Value.StringValue(var name)) {
            add(name, fields.get("as") instanceof Value.StringValue(var as) ? as : name);
        } else {
            problems.accept("An import needs a \"name\".");
        }
    }

    private void add(String name, String local) {
        String problem = problem(name, local);
        if (problem != null) {
            problems.accept(problem);
            return;
        }
        imports.put(name, local);
        namesByLocal.put(local, name);
    }

    private @Nullable String problem(String name, String local) {
        if (name.startsWith("@") != local.startsWith("@")) {
            return "\"%s\" cannot be imported as \"%s\": only directives start with \"@\", and all of them do."
                    .formatted(name, local);
        }
        String before = imports.get(name);
        if (before != null && !before.equals(local)) {
            return "\"%s\" is imported as both \"%s\" and \"%s\".".formatted(name, before, local);
        }
        String other = namesByLocal.get(local);
        if (other != null && !other.equals(name)) {
            return "Both \"%s\" and \"%s\" are imported as \"%s\"; rename one of them with \"as\"."
                    .formatted(other, name, local);
        }
        return isDefined(name)
                ? null
                : "The specification \"%s\" has no \"%s\" to import.".formatted(url, name);
    }

    private boolean isDefined(String name) {
        if (url.identity().equals(Links.FEDERATION)) {
            return FederationSpec.defines(name, url.version());
        }
        boolean known = FeatureSpec.since(url) != null && !FeatureSpec.isConnect(url);
        return !known
                || !name.startsWith("@")
                || FeatureSpec.defines(url.identity(), name.substring(1));
    }
}
