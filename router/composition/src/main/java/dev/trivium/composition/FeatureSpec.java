package dev.trivium.composition;

import dev.trivium.supergraph.SpecUrl;
import dev.trivium.supergraph.SpecVersion;
import org.jspecify.annotations.Nullable;

/// The specifications beside federation that composition knows. A subgraph may link them directly,
/// and is then at least of the version of federation that first came with them.
final class FeatureSpec {
    private static final String SPECS = "https://specs.apollo.dev/";

    /// Connectors came with Federation 2.10, and each version of them with one of federation.
    private static final int FIRST_CONNECT = 9;

    private static final int NEWEST_CONNECT = 4;

    private FeatureSpec() {}

    /// The federation directive that an element of a linked specification is, or null.
    static @Nullable FederationDirective directive(Links.Origin origin) {
        String identity = origin.feature().url().identity();
        FederationDirective directive = FederationDirective.named(origin.specName());
        if (identity.equals(Links.FEDERATION) || directive == null) {
            return directive;
        }
        return isKnown(origin.feature().url(), directive) ? directive : null;
    }

    /// Whether a link is one to a known version of the specification that a directive is part of.
    private static boolean isKnown(SpecUrl url, FederationDirective directive) {
        return url.identity().equals(SPECS + specification(directive))
                && url.version().major() == 0
                && url.version().minor() >= 1
                && url.version().minor() <= newestVersion(directive);
    }

    /// The minor version, all of them of version 0.
    private static int newestVersion(FederationDirective directive) {
        return switch (directive) {
            case TAG -> 3;
            case INACCESSIBLE -> 2;
            default -> 1;
        };
    }

    /// Whether a specification has a directive.
    static boolean defines(String identity, String directiveName) {
        FederationDirective directive = FederationDirective.named(directiveName);
        return directive != null && identity.equals(SPECS + specification(directive));
    }

    /// The specification of its own that a directive of federation is also part of.
    private static @Nullable String specification(FederationDirective directive) {
        return switch (directive) {
            case TAG, INACCESSIBLE, AUTHENTICATED, REQUIRES_SCOPES, POLICY, CONTEXT, COST ->
                    directive.specName();
            case LIST_SIZE -> FederationDirective.COST.specName();
            case FROM_CONTEXT -> FederationDirective.CONTEXT.specName();
            case KEY,
                    REQUIRES,
                    PROVIDES,
                    EXTERNAL,
                    EXTENDS,
                    SHAREABLE,
                    OVERRIDE,
                    COMPOSE_DIRECTIVE,
                    INTERFACE_OBJECT,
                    CACHE_TAG ->
                    null;
        };
    }

    /// The version of federation that a link needs, or null where it needs none.
    static @Nullable SpecVersion needed(SpecUrl url) {
        return url.identity().equals(Links.FEDERATION) ? url.version() : since(url);
    }

    /// The first version of federation that knows a linked specification, or null where that is not
    /// known.
    static @Nullable SpecVersion since(SpecUrl url) {
        if (isConnect(url)) {
            return new SpecVersion(2, FIRST_CONNECT + url.version().minor());
        }
        FederationDirective directive = FederationDirective.named(url.name());
        return directive != null && isKnown(url, directive) ? directive.since() : null;
    }

    /// Whether a link is one to a version of the connect specification that composition knows.
    static boolean isConnect(SpecUrl url) {
        int minor = url.version().minor();
        return url.identity().equals(Links.CONNECT)
                && url.version().major() == 0
                && minor >= 1
                && minor <= NEWEST_CONNECT;
    }
}
