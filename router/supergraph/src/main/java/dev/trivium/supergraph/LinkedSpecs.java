package dev.trivium.supergraph;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The specifications that a supergraph links to, by `@link` or, in older ones, by `@core`, in the
/// order of the links. None where the schema links nothing.
public record LinkedSpecs(List<LinkedSpec> specs) {
    public LinkedSpecs {
        specs = List.copyOf(specs);
    }

    /// Reads the links as they are; what is wrong with them shows in the URLs.
    public static LinkedSpecs of(Document document) {
        List<Directive> directives =
                document.definitions(Definition.Schema.class).stream()
                        .flatMap(schema -> schema.directives().stream())
                        .toList();
        List<LinkedSpec> specs = new ArrayList<>();
        String linkName = linkDirective(directives);
        for (Directive directive : directives) {
            if (directive.name().equals(linkName)) {
                specs.add(spec(directive));
            }
        }
        return new LinkedSpecs(specs);
    }

    /// The local name of the directive that links: the one that links to its own specification.
    private static @Nullable String linkDirective(List<Directive> directives) {
        for (Directive directive : directives) {
            LinkedSpec spec = spec(directive);
            if ((spec.isApollo("link") || spec.isApollo("core"))
                    && directive.name().equals(spec.namespace())) {
                return directive.name();
            }
        }
        return null;
    }

    private static LinkedSpec spec(Directive directive) {
        // `@link` calls it `url`, `@core` calls it `feature`.
        String text = string(directive, "url");
        SpecUrl url = SpecUrl.of(text.isEmpty() ? string(directive, "feature") : text);
        String as = string(directive, "as");
        return new LinkedSpec(
                url,
                as.isEmpty() ? url.name() : as,
                imports(directive),
                directive.argument("for") instanceof Value.EnumValue(var purpose) ? purpose : null,
                directive.location());
    }

    /// `import: ["@key", {name: "@tag", as: "@label"}]`
    private static SequencedMap<String, String> imports(Directive directive) {
        SequencedMap<String, String> imports = new LinkedHashMap<>();
        if (directive.argument("import") instanceof Value.ListValue(var elements)) {
            for (Value element : elements) {
                if (element instanceof Value.StringValue(var name)) {
                    imports.put(name, name);
                } else if (element instanceof Value.ObjectValue(var fields)
                        && fields.get("name") instanceof Value.StringValue(var name)) {
                    imports.put(
                            name,
                            fields.get("as") instanceof Value.StringValue(var as) ? as : name);
                }
            }
        }
        // An alias of a directive keeps its `@`.
        imports.replaceAll(
                (name, as) -> name.startsWith("@") && !as.startsWith("@") ? "@" + as : as);
        return imports;
    }

    /// The specification of that name at specs.apollo.dev; null where it is not linked.
    public @Nullable LinkedSpec apollo(String name) {
        for (LinkedSpec spec : specs) {
            if (spec.isApollo(name)) {
                return spec;
            }
        }
        return null;
    }

    /// The specification that a type belongs to; null where it belongs to the schema.
    public @Nullable LinkedSpec ownerOfType(String localName) {
        for (LinkedSpec spec : specs) {
            if (spec.ownsType(localName)) {
                return spec;
            }
        }
        return null;
    }

    /// The specification that a directive belongs to; null where it belongs to the schema.
    public @Nullable LinkedSpec ownerOfDirective(String localName) {
        for (LinkedSpec spec : specs) {
            if (spec.ownsDirective(localName)) {
                return spec;
            }
        }
        return null;
    }

    /// The string argument of a directive; empty where it has none.
    static String string(Directive directive, String argument) {
        return directive.argument(argument) instanceof Value.StringValue(var text) ? text : "";
    }
}
