package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import dev.trivium.supergraph.LinkedSpec;
import dev.trivium.supergraph.SpecVersion;
import org.jspecify.annotations.Nullable;

/// A subgraph while it is composed.
final class SubgraphSchema {
    /// The version that a subgraph of Federation 1 counts as, once it is upgraded.
    static final SpecVersion FEDERATION_1 = new SpecVersion(2, 4);

    final String name;
    final String url;
    final Links links;
    final SchemaModel model;
    private @Nullable SubgraphFacts facts;

    SubgraphSchema(String name, String url, Links links, SchemaModel model) {
        this.name = name;
        this.url = url;
        this.links = links;
        this.model = model;
    }

    /// What follows from the directives; the schema must not change any more.
    SubgraphFacts facts() {
        if (facts == null) {
            facts = new SubgraphFacts(model);
        }
        return facts;
    }

    /// To be called when the schema was changed.
    void changed() {
        facts = null;
    }

    boolean isFederation2() {
        return links.federation() != null;
    }

    SpecVersion version() {
        LinkedSpec federation = links.federation();
        return federation == null ? FEDERATION_1 : federation.url().version();
    }

    /// The version that the linked specifications call for, which may be higher than the linked
    /// one. A schema without a link to federation remains one of Federation 1.
    SpecVersion impliedVersion() {
        SpecVersion version = version();
        if (!isFederation2()) {
            return version;
        }
        for (LinkedSpec feature : links.features()) {
            SpecVersion since = FeatureSpec.since(feature.url());
            if (since != null && since.compareTo(version) > 0) {
                version = since;
            }
        }
        return version;
    }

    /// Whether a type belongs to a specification that the supergraph expresses in its own ways.
    boolean isSpecificationType(String typeName) {
        if (!isFederation2() && typeName.equals(AddDefinitions.FEDERATION_1_FIELD_SET)) {
            return true;
        }
        Links.Origin origin = links.ofType(typeName);
        return origin != null
                && switch (origin.feature().url().identity()) {
                    case Links.LINK, Links.CORE, Links.FEDERATION, Links.CONNECT -> true;
                    default -> false;
                };
    }

    /// Where the link to a specification stands.
    SourceLocation linkLocation(String identity) {
        LinkedSpec feature = links.feature(identity);
        return feature == null ? SourceLocation.NONE : feature.location();
    }
}
