package dev.trivium.composition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a version of a specification: `https://specs.apollo.dev/federation/v2.9`.
///
/// @param identity the address without the version
/// @param name the last part of the identity, which names the specification
record FeatureUrl(String identity, String name, FeatureVersion version) {
    private static final Pattern FORM =
            Pattern.compile("(https?://[^?#]*/([^/?#]+))/([^/?#]+)(?:[?#].*)?");

    /// @return empty where the text has not the form of such an address
    static Optional<FeatureUrl> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return FeatureVersion.parse(matcher.group(3))
                .map(version -> new FeatureUrl(matcher.group(1), matcher.group(2), version));
    }

    @Override
    public String toString() {
        return identity + "/" + version;
    }
}
