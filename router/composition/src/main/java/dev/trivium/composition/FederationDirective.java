package dev.trivium.composition;

import dev.trivium.supergraph.SpecVersion;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The directives of the federation specification, with the minor version of Federation 2 that
/// brought each.
enum FederationDirective {
    KEY("key", 0),
    REQUIRES("requires", 0),
    PROVIDES("provides", 0),
    EXTERNAL("external", 0),
    TAG("tag", 0),
    EXTENDS("extends", 0),
    SHAREABLE("shareable", 0),
    INACCESSIBLE("inaccessible", 0),
    OVERRIDE("override", 0),
    COMPOSE_DIRECTIVE("composeDirective", 1),
    INTERFACE_OBJECT("interfaceObject", 3),
    AUTHENTICATED("authenticated", 5),
    REQUIRES_SCOPES("requiresScopes", 5),
    POLICY("policy", 6),
    CONTEXT("context", 8),
    FROM_CONTEXT("fromContext", 8),
    COST("cost", 9),
    LIST_SIZE("listSize", 9),
    CACHE_TAG("cacheTag", 12);

    private static final Map<String, FederationDirective> BY_NAME = new HashMap<>();

    static {
        for (FederationDirective directive : values()) {
            BY_NAME.put(directive.specName, directive);
        }
    }

    private final String specName;
    private final int minor;

    FederationDirective(String specName, int minor) {
        this.specName = specName;
        this.minor = minor;
    }

    /// The name in the specification, without the `@`.
    String specName() {
        return specName;
    }

    SpecVersion since() {
        return new SpecVersion(2, minor);
    }

    static @Nullable FederationDirective named(String specName) {
        return BY_NAME.get(specName);
    }
}
