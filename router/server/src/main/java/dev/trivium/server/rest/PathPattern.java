package dev.trivium.server.rest;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// A path such as `/events/{id}`.
record PathPattern(List<Segment> segments) {
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([_A-Za-z][_0-9A-Za-z]*)}");

    /// @param text the literal, or the name of the variable
    record Segment(String text, boolean variable) {}

    /// @param endpoint whose path it is, for people
    static Outcome<PathPattern> parse(String path, String endpoint) {
        var segments = new ArrayList<Segment>();
        var names = new HashSet<String>();
        for (var part : path.substring(1).split("/", -1)) {
            var variable = VARIABLE.matcher(part);
            if (variable.matches()) {
                if (!names.add(variable.group(1))) {
                    return invalid(endpoint, "names a variable twice");
                }
                segments.add(new Segment(variable.group(1), true));
            } else if (LITERAL.matcher(part).matches() && !part.equals("..") && !part.equals(".")) {
                segments.add(new Segment(part, false));
            } else {
                return invalid(endpoint, "has the segment `" + part + "`, which cannot be");
            }
        }
        return new Accepted<>(new PathPattern(List.copyOf(segments)));
    }

    private static Outcome<PathPattern> invalid(String endpoint, String problem) {
        var message = "the path of %s %s".formatted(endpoint, problem);
        return new Rejected<>(new Issue("INVALID_REST_PATH", message, List.of()));
    }

    /// The names of the variables, in their order.
    List<String> variables() {
        return segments.stream().filter(Segment::variable).map(Segment::text).toList();
    }
}
