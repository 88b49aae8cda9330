package dev.trivium.supergraph;

import java.util.Optional;
import java.util.regex.Pattern;

/// The URL of a specification, `https://specs.apollo.dev/join/v0.3` (the link specification 1.0,
/// `@link(url:)`).
///
/// @param identity all before the version
/// @param name the last part of the identity; empty where that is not a name
/// @param version {@link SpecVersion#NONE} for a URL without one
public record SpecUrl(String identity, String name, SpecVersion version) {
    private static final Pattern FORM =
            Pattern.compile("https?://[^?#]*/[^/?#]+/v[0-9]{1,6}\\.[0-9]{1,6}(?:[?#].*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public static SpecUrl of(String url) {
        String path = url.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
        SpecVersion version = SpecVersion.parse(lastSegment(path));
        String identity =
                version.equals(SpecVersion.NONE)
                        ? path
                        : path.substring(0, path.lastIndexOf('/')).replaceFirst("/+$", "");
        String name = lastSegment(identity);
        return new SpecUrl(identity, NAME.matcher(name).matches() ? name : "", version);
    }

    /// The URL of a version of a specification as the author of a schema must write it.
    ///
    /// @return empty where the text has not that form
    public static Optional<SpecUrl> parse(String url) {
        return Optional.of(url).filter(text -> FORM.matcher(text).matches()).map(SpecUrl::of);
    }

    /// What follows the last slash; a text without slashes has no segments.
    private static String lastSegment(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }

    @Override
    public String toString() {
        return version.equals(SpecVersion.NONE) ? identity : identity + "/" + version;
    }
}
