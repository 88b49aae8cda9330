package dev.trivium.composition;

import dev.trivium.language.Directive;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `@link` applications of a schema: which specifications it uses, and under which names.
final class ResolveLinks {
    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");

    private final String subgraph;
    private final Report report;
    private final List<LinkedFeature> features = new ArrayList<>();
    private final Map<String, LinkedFeature> byIdentity = new HashMap<>();
    private final Map<String, LinkedFeature> byAlias = new HashMap<>();
    private final Map<String, LinkedFeature> importedBy = new HashMap<>();
    private final Map<String, String> importedFor = new HashMap<>();

    private ResolveLinks(String subgraph, Report report) {
        this.subgraph = subgraph;
        this.report = report;
    }

    /// @param onSchema the directives of the schema definition and its extensions
    static Links resolve(String subgraph, List<Directive> onSchema, Report report) {
        var resolve = new ResolveLinks(subgraph, report);
        String linkName = resolve.linkName(onSchema);
        if (onSchema.stream().noneMatch(d -> d.name().equals(linkName))) {
            return Links.none();
        }
        for (Directive directive : onSchema) {
            if (directive.name().equals(linkName)) {
                resolve.read(directive);
            }
        }
        resolve.checkDirectImports();
        resolve.addLinkItself(linkName);
        return new Links(linkName, resolve.features);
    }

    /// A directive that comes with federation must not come a second time, by its own
    /// specification.
    private void checkDirectImports() {
        LinkedFeature federation = byIdentity.get(Links.FEDERATION);
        for (LinkedFeature feature : features) {
            for (String name : feature.imports().keySet()) {
                FederationDirective directive =
                        name.startsWith("@")
                                ? FeatureSpec.directive(
                                        new Links.Origin(feature, name.substring(1)))
                                : null;
                boolean doubled =
                        directive != null
                                && !feature.equals(federation)
                                && (federation == null
                                        ? SubgraphSchema.FEDERATION_1.isAtLeast(directive.since())
                                        : federation.imports().containsKey(name));
                if (doubled) {
                    misuse(
                            "Import \"%s\" from \"%s\", not from \"%s\"."
                                    .formatted(name, Links.FEDERATION, feature.url().identity()),
                            feature.link().location());
                }
            }
        }
    }

    /// The link to the link specification may be left out.
    private void addLinkItself(String linkName) {
        if (!byIdentity.containsKey(Links.LINK)) {
            features.addFirst(
                    new LinkedFeature(
                            new FeatureUrl(Links.LINK, "link", new FeatureVersion(1, 0)),
                            linkName,
                            new LinkedHashMap<>(),
                            null,
                            new Applied(
                                    linkName,
                                    null,
                                    List.of(),
                                    SourceLocation.NONE,
                                    Block.GENERATED)));
        }
    }

    /// `@link` may rename itself: `@l(url: ".../link/v1.0", as: "l")`.
    private String linkName(List<Directive> onSchema) {
        String found = null;
        for (Directive directive : onSchema) {
            Optional<FeatureUrl> url = text(directive, "url").flatMap(FeatureUrl::parse);
            if (url.isPresent() && url.get().identity().equals(Links.LINK)) {
                String own = text(directive, "as").orElse("link");
                if (directive.name().equals(own)) {
                    if (found != null) {
                        misuse(
                                "The link specification is linked twice by @%s; keep one of the two."
                                        .formatted(own),
                                directive.location());
                    }
                    found = own;
                }
            }
        }
        return found == null ? "link" : found;
    }

    private void read(Directive link) {
        Optional<String> text = text(link, "url");
        if (text.isEmpty()) {
            misuse(
                    "A @%s needs the address of a specification as its argument \"url\"."
                            .formatted(link.name()),
                    link.location());
            return;
        }
        Optional<FeatureUrl> url = FeatureUrl.parse(text.get());
        if (url.isEmpty()) {
            rejectIdentifier(text.get(), link.location());
            return;
        }
        if (isKnownVersion(url.get(), link)) {
            add(url.get(), link);
        }
    }

    /// Addresses of unknown form are nobody's business but their owner's; those of the federation
    /// specification must be right.
    private void rejectIdentifier(String text, SourceLocation location) {
        if (text.startsWith(Links.FEDERATION) || text.startsWith(Links.LINK)) {
            report.error(
                    CompositionCode.INVALID_LINK_IDENTIFIER,
                    "[%s] \"%s\" does not end with a version such as v2.0."
                            .formatted(subgraph, text),
                    location);
        }
    }

    private boolean isKnownVersion(FeatureUrl url, Directive link) {
        if (url.identity().equals(Links.FEDERATION) && !FederationSpec.knows(url.version())) {
            report.error(
                    CompositionCode.UNKNOWN_FEDERATION_LINK_VERSION,
                    "[%s] There is no version %s of the federation specification; versions v2.0 to %s are known."
                            .formatted(subgraph, url.version(), FederationSpec.NEWEST),
                    link.location());
            return false;
        }
        if (url.identity().equals(Links.LINK) && !url.version().equals(new FeatureVersion(1, 0))) {
            report.error(
                    CompositionCode.UNKNOWN_LINK_VERSION,
                    "[%s] There is no version %s of the link specification; version v1.0 is known."
                            .formatted(subgraph, url.version()),
                    link.location());
            return false;
        }
        return true;
    }

    private void add(FeatureUrl url, Directive link) {
        if (byIdentity.containsKey(url.identity())) {
            misuse(
                    "The specification \"%s\" is linked twice; keep one of the two."
                            .formatted(url.identity()),
                    link.location());
            return;
        }
        String alias = text(link, "as").orElse(url.name());
        if (text(link, "as").isPresent()
                && (!NAME.matcher(alias).matches() || alias.contains("__"))) {
            misuse(
                    "\"%s\" cannot stand for \"%s\": an alias is a GraphQL name without \"__\"."
                            .formatted(alias, url.identity()),
                    link.location());
            return;
        }
        LinkedFeature same = byAlias.get(alias);
        if (same != null) {
            misuse(
                    "Both \"%s\" and \"%s\" are linked as \"%s\"; give one of them another name with \"as\"."
                            .formatted(same.url().identity(), url.identity(), alias),
                    link.location());
            return;
        }
        String purpose = link.argument("for") instanceof Value.EnumValue(var name) ? name : null;
        Applied applied =
                new Applied(
                        link.name(),
                        null,
                        link.arguments(),
                        link.location(),
                        new Block(false, link.location()));
        SequencedMap<String, String> imports = imports(url, link);
        var feature = new LinkedFeature(url, alias, imports, purpose, applied);
        byIdentity.put(url.identity(), feature);
        byAlias.put(alias, feature);
        imports.values().forEach(local -> checkImportedOnce(feature, local, link));
        features.add(feature);
    }

    private void checkImportedOnce(LinkedFeature feature, String local, Directive link) {
        LinkedFeature other = importedBy.putIfAbsent(local, feature);
        if (other != null && !other.equals(feature)) {
            misuse(
                    "\"%s\" is imported from both \"%s\" and \"%s\"; rename one of them with \"as\"."
                            .formatted(local, other.url().identity(), feature.url().identity()),
                    link.location());
        }
    }

    private SequencedMap<String, String> imports(FeatureUrl url, Directive link) {
        SequencedMap<String, String> imports = new LinkedHashMap<>();
        importedFor.clear();
        if (link.argument("import") instanceof Value.ListValue(var elements)) {
            for (Value element : elements) {
                switch (element) {
                    case Value.StringValue(var name) -> add(url, name, name, imports, link);
                    case Value.ObjectValue(var fields) -> addRenamed(url, fields, imports, link);
                    case Value.Variable _,
                            Value.IntValue _,
                            Value.FloatValue _,
                            Value.BooleanValue _,
                            Value.NullValue _,
                            Value.EnumValue _,
                            Value.ListValue _ ->
                            misuse("An import is a name, or {name: …, as: …}.", link.location());
                }
            }
        }
        return imports;
    }

    private void addRenamed(
            FeatureUrl url,
            SequencedMap<String, Value> fields,
            SequencedMap<String, String> imports,
            Directive link) {
        for (String field : fields.keySet()) {
            if (!field.equals("name") && !field.equals("as")) {
                misuse(
                        "An import has the fields \"name\" and \"as\", but not \"%s\"."
                                .formatted(field),
                        link.location());
            }
        }
        if (!(fields.get("name") instanceof Value.StringValue(var name))) {
            misuse("An import needs a \"name\".", link.location());
            return;
        }
        String local = fields.get("as") instanceof Value.StringValue(var as) ? as : name;
        add(url, name, local, imports, link);
    }

    private void add(
            FeatureUrl url,
            String name,
            String local,
            SequencedMap<String, String> imports,
            Directive link) {
        String problem = importProblem(url, name, local, imports.get(name));
        if (problem != null) {
            misuse(problem, link.location());
            return;
        }
        imports.put(name, local);
        importedFor.put(local, name);
    }

    private @Nullable String importProblem(
            FeatureUrl url, String name, String local, @Nullable String before) {
        if (name.startsWith("@") != local.startsWith("@")) {
            return "\"%s\" cannot be imported as \"%s\": only directives start with \"@\", and all of them do."
                    .formatted(name, local);
        }
        if (before != null && !before.equals(local)) {
            return "\"%s\" is imported as both \"%s\" and \"%s\".".formatted(name, before, local);
        }
        String other = importedFor.get(local);
        if (other != null && !other.equals(name)) {
            return "Both \"%s\" and \"%s\" are imported as \"%s\"; rename one of them with \"as\"."
                    .formatted(other, name, local);
        }
        if (!isDefined(url, name)) {
            return "The specification \"%s\" has no \"%s\" to import.".formatted(url, name);
        }
        return null;
    }

    private static boolean isDefined(FeatureUrl url, String name) {
        if (url.identity().equals(Links.FEDERATION)) {
            return FederationSpec.defines(name, url.version());
        }
        boolean known = FeatureSpec.since(url) != null && !FeatureSpec.isConnect(url);
        return !known
                || !name.startsWith("@")
                || FeatureSpec.defines(url.identity(), name.substring(1));
    }

    private void misuse(String message, SourceLocation location) {
        report.error(
                CompositionCode.INVALID_LINK_DIRECTIVE_USAGE,
                "[" + subgraph + "] " + message,
                location);
    }

    private static Optional<String> text(Directive directive, String argument) {
        return directive.argument(argument) instanceof Value.StringValue(var text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
