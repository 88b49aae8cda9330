package dev.trivium.composition;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of a specification, `v2.9`.
record FeatureVersion(int major, int minor) implements Comparable<FeatureVersion> {
    private static final Pattern FORM = Pattern.compile("v(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<FeatureVersion> ORDER =
            Comparator.comparingInt(FeatureVersion::major).thenComparingInt(FeatureVersion::minor);

    static Optional<FeatureVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new FeatureVersion(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    boolean isAtLeast(FeatureVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(FeatureVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "v" + major + "." + minor;
    }
}
