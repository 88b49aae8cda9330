package dev.trivium.composition;

import dev.trivium.supergraph.LinkedSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The specifications that a schema links to, and what their elements are called in it.
final class Links {
    static final String LINK = "https://specs.apollo.dev/link";
    static final String CORE = "https://specs.apollo.dev/core";
    static final String FEDERATION = "https://specs.apollo.dev/federation";
    static final String CONNECT = "https://specs.apollo.dev/connect";

    /// An element of a specification.
    ///
    /// @param specName its name there
    record Origin(LinkedSpec feature, String specName) {}

    private final SequencedMap<String, LinkedSpec> byIdentity = new LinkedHashMap<>();
    private final Map<String, LinkedSpec> byAlias = new HashMap<>();
    private final Map<String, Origin> imported = new HashMap<>();
    private final @Nullable String linkName;

    /// @param linkName the name of `@link` in the schema, or null where the schema links nothing
    Links(@Nullable String linkName, List<LinkedSpec> features) {
        this.linkName = linkName;
        for (LinkedSpec feature : features) {
            byIdentity.put(feature.url().identity(), feature);
            byAlias.put(feature.namespace(), feature);
            feature.imports()
                    .forEach((name, local) -> imported.put(local, new Origin(feature, bare(name))));
        }
    }

    static Links none() {
        return new Links(null, List.of());
    }

    @Nullable String linkName() {
        return linkName;
    }

    SequencedCollection<LinkedSpec> features() {
        return byIdentity.sequencedValues();
    }

    @Nullable LinkedSpec feature(String identity) {
        return byIdentity.get(identity);
    }

    @Nullable LinkedSpec federation() {
        return byIdentity.get(FEDERATION);
    }

    /// Where a directive of the schema comes from, or null where the schema itself defines it.
    @Nullable Origin ofDirective(String localName) {
        Origin origin = imported.get("@" + localName);
        if (origin != null) {
            return origin;
        }
        LinkedSpec same = byAlias.get(localName);
        if (same != null) {
            String specName = same.url().name();
            return same.imports().containsKey("@" + specName) ? null : new Origin(same, specName);
        }
        return prefixed(localName);
    }

    /// Where a type of the schema comes from, or null where the schema itself defines it.
    @Nullable Origin ofType(String localName) {
        Origin origin = imported.get(localName);
        return origin != null ? origin : prefixed(localName);
    }

    private @Nullable Origin prefixed(String localName) {
        int separator = localName.indexOf("__");
        if (separator <= 0) {
            return null;
        }
        LinkedSpec feature = byAlias.get(localName.substring(0, separator));
        return feature == null ? null : new Origin(feature, localName.substring(separator + 2));
    }

    /// The federation directive that a name stands for, or null. A schema without a link to the
    /// federation specification is one of Federation 1, with fixed names.
    @Nullable FederationDirective known(String localName) {
        Origin origin = ofDirective(localName);
        FederationDirective directive =
                origin != null
                        ? FeatureSpec.directive(origin)
                        : federation() == null ? FederationDirective.named(localName) : null;
        boolean available =
                directive != null
                        && (federation() != null || FederationSpec.isFederation1(directive));
        return available ? directive : null;
    }

    /// What a federation directive is called in the schema.
    String nameOf(FederationDirective directive) {
        LinkedSpec federation = federation();
        return federation == null
                ? directive.specName()
                : federation.directive(directive.specName());
    }

    private static String bare(String name) {
        return name.startsWith("@") ? name.substring(1) : name;
    }
}
