package dev.trivium.supergraph;

import static dev.trivium.supergraph.SupergraphReader.INVALID;
import static dev.trivium.supergraph.SupergraphReader.UNSUPPORTED;

import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the reader makes of the specifications that a supergraph links to.
///
/// @param join null where it is not linked
record ReadableSpecs(
        LinkedSpecs linked, @Nullable LinkedSpec join, @Nullable LinkedSpec inaccessible) {

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
    static ReadableSpecs of(Document document, List<Issue> issues) {
        LinkedSpecs linked = LinkedSpecs.of(document);
        linked.specs().forEach(spec -> checkReadable(spec, issues));
        LinkedSpec join = linked.apollo("join");
        if (join == null) {
            issues.add(notASupergraph(!linked.specs().isEmpty()));
        }
        return new ReadableSpecs(linked, join, linked.apollo("inaccessible"));
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

    private static void checkReadable(LinkedSpec spec, List<Issue> issues) {
        if (spec.url().identity().isEmpty()) {
            issues.add(
                    new Issue(
                            INVALID, "A link needs the URL of a specification.", spec.location()));
            return;
        }
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
        for (LinkedSpec spec : linked.specs()) {
            boolean modelled = spec.isApollo("join") || spec.isApollo("inaccessible");
            if (spec.purpose() != null && !modelled) {
                names.add(spec.url().name());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    /// Whether a type belongs to the machinery, not to the schema.
    boolean ownType(String name) {
        return linked.ownerOfType(name) != null;
    }

    /// Whether a directive belongs to the machinery, not to the schema.
    boolean ownDirective(String name) {
        return linked.ownerOfDirective(name) != null;
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
        LinkedSpec spec = linked.ownerOfDirective(localName);
        if (spec != null) {
            return spec.isApollo(spec.url().name()) ? apolloName(spec, localName) : localName;
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
}
