package dev.trivium.supergraph;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of a specification, `v2.9`.
public record SpecVersion(int major, int minor) implements Comparable<SpecVersion> {
    /// Stands where a URL names none; before all others.
    public static final SpecVersion NONE = new SpecVersion(-1, -1);

    private static final Pattern FORM = Pattern.compile("v([0-9]{1,6})\\.([0-9]{1,6})");
    private static final Comparator<SpecVersion> ORDER =
            Comparator.comparingInt(SpecVersion::major).thenComparingInt(SpecVersion::minor);

    /// @return {@link #NONE} where the text is not a version
    public static SpecVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new SpecVersion(
                        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : NONE;
    }

    public boolean isAtLeast(SpecVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(SpecVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return equals(NONE) ? "none" : "v" + major + "." + minor;
    }
}
