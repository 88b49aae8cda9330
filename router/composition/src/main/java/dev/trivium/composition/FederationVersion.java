package dev.trivium.composition;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.supergraph.LinkedSpec;
import dev.trivium.supergraph.SpecVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The newest version of the federation specification that a composition allows its subgraphs.
/// Version 1.0 allows no links to it at all: the schemas are of Federation 1.
public record FederationVersion(int major, int minor) {
    /// All versions that composition knows.
    public static final FederationVersion NEWEST =
            new FederationVersion(FederationSpec.NEWEST.major(), FederationSpec.NEWEST.minor());

    private static final FederationVersion ONE = new FederationVersion(1, 0);
    private static final String INVALID = "INVALID_FEDERATION_VERSION";
    private static final Pattern EXACT = Pattern.compile("[=v]([02])\\.(\\d{1,6})\\.\\d{1,6}");

    /// Reads what `federation_version` of a compose file says: `1`, `2`, or a release of the
    /// composition that others use. `=2.9.0` knows version 2.9 of the specification and all before
    /// it; releases `=0.x.y` are of Federation 1.
    public static Outcome<FederationVersion> parse(String text) {
        if (text.equals("1")) {
            return new Outcome.Accepted<>(ONE);
        }
        if (text.equals("2")) {
            return new Outcome.Accepted<>(NEWEST);
        }
        Matcher exact = EXACT.matcher(text);
        if (!exact.matches()) {
            return invalid("\"%s\" is none of 1, 2 and =2.x.y".formatted(text));
        }
        if (exact.group(1).equals("0")) {
            return new Outcome.Accepted<>(ONE);
        }
        var version = new FederationVersion(2, Integer.parseInt(exact.group(2)));
        return FederationSpec.knows(version.asFeature())
                ? new Outcome.Accepted<>(version)
                : invalid("\"%s\" is not known; the newest is %s".formatted(text, NEWEST));
    }

    private static Outcome<FederationVersion> invalid(String reason) {
        return new Outcome.Rejected<>(
                new Issue(INVALID, "the federation version " + reason, List.of()));
    }

    /// Rejects the links of a subgraph that need a newer version.
    void check(SubgraphSchema subgraph, Report report) {
        for (LinkedSpec feature : subgraph.links.features()) {
            SpecVersion needed = FeatureSpec.needed(feature.url());
            if (needed != null && !asFeature().isAtLeast(needed)) {
                report.error(
                        CompositionCode.UNKNOWN_FEDERATION_LINK_VERSION,
                        "[%s] The link to \"%s\" needs federation %s, but the federation version of this composition is %s."
                                .formatted(subgraph.name, feature.url(), needed, this),
                        feature.location());
            }
        }
    }

    private SpecVersion asFeature() {
        return new SpecVersion(major, minor);
    }

    @Override
    public String toString() {
        return equals(ONE) ? "1" : "=%d.%d.x".formatted(major, minor);
    }
}
