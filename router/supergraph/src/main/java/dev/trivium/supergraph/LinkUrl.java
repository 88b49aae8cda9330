package dev.trivium.supergraph;

import dev.trivium.supergraph.LinkedSpec.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The URL of a specification, `https://specs.apollo.dev/join/v0.3`.
///
/// @param identity all before the version
/// @param name the last part of the identity; empty if it has none
/// @param version null for a URL without one
record LinkUrl(String identity, String name, @Nullable Version version) {
    private static final Pattern VERSION = Pattern.compile("v([0-9]{1,6})\\.([0-9]{1,6})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    static LinkUrl of(String url) {
        String path = url.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
        Matcher version = VERSION.matcher(lastSegment(path));
        if (!version.matches()) {
            return new LinkUrl(path, name(path), null);
        }
        String identity = path.substring(0, path.lastIndexOf('/')).replaceFirst("/+$", "");
        return new LinkUrl(
                identity,
                name(identity),
                new Version(
                        Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))));
    }

    private static String name(String identity) {
        String segment = lastSegment(identity);
        return NAME.matcher(segment).matches() ? segment : "";
    }

    /// What follows the last slash; a text without slashes has no segments.
    private static String lastSegment(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }
}
