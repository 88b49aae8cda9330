package dev.trivium.composition;

import dev.trivium.language.Directive;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import dev.trivium.supergraph.LinkedSpec;
import dev.trivium.supergraph.SpecUrl;
import dev.trivium.supergraph.SpecVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Reads the `@link` applications of a schema: which specifications it uses, and under which names.
final class ResolveLinks {
    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");

    private final String subgraph;
    private final Report report;
    private final List<LinkedSpec> features = new ArrayList<>();
    private final Map<String, LinkedSpec> byIdentity = new HashMap<>();
    private final Map<String, LinkedSpec> byAlias = new HashMap<>();
    private final Map<String, LinkedSpec> importedBy = new HashMap<>();

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
        LinkedSpec federation = byIdentity.get(Links.FEDERATION);
        if (federation == null) {
            return;
        }
        for (LinkedSpec feature : features) {
            for (String name : feature.imports().keySet()) {
                FederationDirective directive =
                        name.startsWith("@")
                                ? FeatureSpec.directive(
                                        new Links.Origin(feature, name.substring(1)))
                                : null;
                boolean doubled =
                        directive != null
                                && !feature.equals(federation)
                                && federation.imports().containsKey(name);
                if (doubled) {
                    misuse(
                            "Import \"%s\" from \"%s\", not from \"%s\"."
                                    .formatted(name, Links.FEDERATION, feature.url().identity()),
                            feature.location());
                }
            }
        }
    }

    /// The link to the link specification may be left out.
    private void addLinkItself(String linkName) {
        if (!byIdentity.containsKey(Links.LINK)) {
            features.addFirst(
                    new LinkedSpec(
                            new SpecUrl(Links.LINK, "link", new SpecVersion(1, 0)),
                            linkName,
                            new LinkedHashMap<>(),
                            null,
                            SourceLocation.NONE));
        }
    }

    /// `@link` may rename itself: `@l(url: ".../link/v1.0", as: "l")`.
    private String linkName(List<Directive> onSchema) {
        String found = null;
        for (Directive directive : onSchema) {
            Optional<SpecUrl> url = text(directive, "url").flatMap(SpecUrl::parse);
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
        Optional<SpecUrl> url = SpecUrl.parse(text.get());
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

    private boolean isKnownVersion(SpecUrl url, Directive link) {
        if (url.identity().equals(Links.FEDERATION) && !FederationSpec.knows(url.version())) {
            report.error(
                    CompositionCode.UNKNOWN_FEDERATION_LINK_VERSION,
                    "[%s] There is no version %s of the federation specification; versions v2.0 to %s are known."
                            .formatted(subgraph, url.version(), FederationSpec.NEWEST),
                    link.location());
            return false;
        }
        if (url.identity().equals(Links.LINK) && !url.version().equals(new SpecVersion(1, 0))) {
            report.error(
                    CompositionCode.UNKNOWN_LINK_VERSION,
                    "[%s] There is no version %s of the link specification; version v1.0 is known."
                            .formatted(subgraph, url.version()),
                    link.location());
            return false;
        }
        return true;
    }

    private void add(SpecUrl url, Directive link) {
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
        LinkedSpec same = byAlias.get(alias);
        if (same != null && !alias.isEmpty()) {
            misuse(
                    "Both \"%s\" and \"%s\" are linked as \"%s\"; give one of them another name with \"as\"."
                            .formatted(same.url().identity(), url.identity(), alias),
                    link.location());
            return;
        }
        String purpose = link.argument("for") instanceof Value.EnumValue(var name) ? name : null;
        SequencedMap<String, String> imports =
                ReadImports.read(url, link, problem -> misuse(problem, link.location()));
        var feature = new LinkedSpec(url, alias, imports, purpose, link.location());
        byIdentity.put(url.identity(), feature);
        byAlias.put(alias, feature);
        imports.values().forEach(local -> checkImportedOnce(feature, local, link));
        features.add(feature);
    }

    private void checkImportedOnce(LinkedSpec feature, String local, Directive link) {
        LinkedSpec other = importedBy.putIfAbsent(local, feature);
        if (other != null && !other.equals(feature)) {
            misuse(
                    "\"%s\" is imported from both \"%s\" and \"%s\"; rename one of them with \"as\"."
                            .formatted(local, other.url().identity(), feature.url().identity()),
                    link.location());
        }
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
