package dev.trivium.supergraph;

import static dev.trivium.supergraph.SupergraphReader.INVALID;
import static dev.trivium.supergraph.SupergraphReader.UNSUPPORTED;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The specifications that a supergraph links to, by `@link` or, in older ones, by `@core`.
///
/// @param join null where it is not linked
record LinkedSpecs(
        List<LinkedSpec> specs, @Nullable LinkedSpec join, @Nullable LinkedSpec inaccessible) {

    /// What can be read, up to which version. A linked specification that is not here does no harm
    /// unless it says that ignoring it would.
    private static final Map<String, SpecVersion> READABLE =
            Map.ofEntries(
                    Map.entry("link", new SpecVersion(1, 0)),
                    Map.entry("core", new SpecVersion(0, 2)),
                    Map.entry("join", new SpecVersion(0, 5)),
                    Map.entry("inaccessible", new SpecVersion(0, 2)),
                    Map.entry("tag", new SpecVersion(0, 3)),
                    Map.entry("authenticated", new SpecVersion(0, 1)),
                    Map.entry("requiresScopes", new SpecVersion(0, 1)),
                    Map.entry("policy", new SpecVersion(0, 1)),
                    Map.entry("cost", new SpecVersion(0, 1)),
                    Map.entry("context", new SpecVersion(0, 1)),
                    Map.entry("cacheTag", new SpecVersion(0, 1)));

    /// The directives of those specifications that stay in the model, under these names.
    private static final Map<String, List<String>> KEPT_DIRECTIVES =
            Map.of(
                    "tag", List.of("tag"),
                    "authenticated", List.of("authenticated"),
                    "requiresScopes", List.of("requiresScopes"),
                    "policy", List.of("policy"),
                    "cost", List.of("cost", "listSize"),
                    "context", List.of("context"),
                    "cacheTag", List.of("cacheTag"),
                    "join", List.of("join__directive"));

    /// Reads the links of a document and reports those that stand in the way.
    static LinkedSpecs of(Document document, List<Issue> issues) {
        List<Directive> directives =
                document.definitions(Definition.Schema.class).stream()
                        .flatMap(schema -> schema.directives().stream())
                        .toList();
        List<LinkedSpec> specs = new ArrayList<>();
        String linkName = linkDirective(directives);
        for (Directive directive : directives) {
            if (directive.name().equals(linkName)) {
                LinkedSpec spec = spec(directive, issues);
                if (spec != null) {
                    specs.add(spec);
                }
            }
        }
        specs.forEach(spec -> checkReadable(spec, issues));
        LinkedSpec join = find(specs, "join");
        if (join == null) {
            issues.add(notASupergraph(linkName != null));
        }
        return new LinkedSpecs(List.copyOf(specs), join, find(specs, "inaccessible"));
    }

    private static Issue notASupergraph(boolean linked) {
        String reason =
                linked
                        ? "it has links, but none to https://specs.apollo.dev/join."
                        : "its schema definition has neither `@link` nor `@core`.";
        return new Issue(
                INVALID,
                "This is not a supergraph: "
                        + reason
                        + " Give the router the output of composition, not the schema of a subgraph"
                        + " or of an API.",
                List.of());
    }

    private static @Nullable LinkedSpec find(List<LinkedSpec> specs, String name) {
        for (LinkedSpec spec : specs) {
            if (spec.isApollo(name)) {
                return spec;
            }
        }
        return null;
    }

    /// The local name of the directive that links: the one that links to its own specification.
    private static @Nullable String linkDirective(List<Directive> directives) {
        for (Directive directive : directives) {
            SpecUrl url = SpecUrl.of(url(directive));
            boolean links =
                    url.identity().equals(LinkedSpec.APOLLO + "link")
                            || url.identity().equals(LinkedSpec.APOLLO + "core");
            if (links && directive.name().equals(namespace(directive, url))) {
                return directive.name();
            }
        }
        return null;
    }

    /// `@link` calls it `url`, `@core` calls it `feature`.
    private static String url(Directive directive) {
        String url = string(directive, "url");
        return url.isEmpty() ? string(directive, "feature") : url;
    }

    private static String namespace(Directive directive, SpecUrl url) {
        String as = string(directive, "as");
        return as.isEmpty() ? url.name() : as;
    }

    private static @Nullable LinkedSpec spec(Directive directive, List<Issue> issues) {
        SpecUrl url = SpecUrl.of(url(directive));
        if (url.identity().isEmpty()) {
            issues.add(
                    new Issue(
                            INVALID,
                            "A link needs the URL of a specification.",
                            directive.location()));
            return null;
        }
        return new LinkedSpec(
                url,
                namespace(directive, url),
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

    private static void checkReadable(LinkedSpec spec, List<Issue> issues) {
        String name = spec.url().name();
        SpecVersion version = spec.url().version();
        SpecVersion newest = spec.isApollo(name) ? READABLE.get(name) : null;
        if (newest != null) {
            if (version.equals(SpecVersion.NONE) || !newest.isAtLeast(version)) {
                issues.add(
                        unsupported(
                                spec,
                                "it can be read up to version %s, and this is %s"
                                        .formatted(newest, version)));
            }
        } else if (spec.purpose() != null) {
            issues.add(
                    unsupported(
                            spec,
                            "it is linked `for: "
                                    + spec.purpose()
                                    + "`, so a router that does not know it must not serve this"
                                    + " supergraph"));
        }
    }

    private static Issue unsupported(LinkedSpec spec, String reason) {
        return new Issue(
                UNSUPPORTED,
                "The specification " + spec.url().identity() + " is not supported: " + reason + ".",
                spec.location());
    }

    /// The readable specifications that say they must not be ignored, by their standard names.
    Set<String> requiredFeatures() {
        SortedSet<String> names = new TreeSet<>();
        for (LinkedSpec spec : specs) {
            boolean modelled = spec.isApollo("join") || spec.isApollo("inaccessible");
            if (spec.purpose() != null && !modelled) {
                names.add(spec.url().name());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    /// Whether a type belongs to the machinery, not to the schema.
    boolean ownType(String name) {
        return specs.stream().anyMatch(spec -> spec.ownsType(name));
    }

    /// Whether a directive belongs to the machinery, not to the schema.
    boolean ownDirective(String name) {
        return specs.stream().anyMatch(spec -> spec.ownsDirective(name));
    }

    boolean isInaccessible(List<Directive> directives) {
        return inaccessible != null
                && directives.stream()
                        .anyMatch(directive ->
                                directive.name().equals(inaccessible.directive("inaccessible")));
    }

    /// What the model keeps of applications, under their standard names.
    List<Directive> kept(List<Directive> directives) {
        List<Directive> kept = new ArrayList<>();
        for (Directive directive : directives) {
            String name = standardName(directive.name());
            if (name != null) {
                kept.add(new Directive(name, directive.arguments(), directive.location()));
            }
        }
        return List.copyOf(kept);
    }

    /// Null where the directive is not kept.
    private @Nullable String standardName(String localName) {
        for (LinkedSpec spec : specs) {
            if (spec.ownsDirective(localName)) {
                return spec.isApollo(spec.url().name()) ? apolloName(spec, localName) : localName;
            }
        }
        boolean taken =
                KEPT_DIRECTIVES.values().stream().anyMatch(names -> names.contains(localName));
        return taken ? null : localName;
    }

    private static @Nullable String apolloName(LinkedSpec spec, String localName) {
        for (String name : KEPT_DIRECTIVES.getOrDefault(spec.url().name(), List.of())) {
            String element = name.substring(name.lastIndexOf('_') + 1);
            if (spec.directive(element).equals(localName)) {
                return name;
            }
        }
        return null;
    }

    /// The string argument of a directive; empty where it has none.
    static String string(Directive directive, String argument) {
        return directive.argument(argument) instanceof Value.StringValue(var text) ? text : "";
    }
}
