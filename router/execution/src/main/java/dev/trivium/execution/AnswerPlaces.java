package dev.trivium.execution;

import java.util.List;
import java.util.stream.Stream;

/// Where in the tree the objects of one answer will stand, at one level of its shape. Only the
/// compiler of a program asks, once for a plan.
final class AnswerPlaces {

    private final SharedPlaces shared;
    private final int group;
    private final List<List<String>> paths;

    AnswerPlaces(SharedPlaces shared, int group, List<List<String>> paths) {
        this.shared = shared;
        this.group = group;
        this.paths = paths;
    }

    /// The objects of a field.
    AnswerPlaces below(String planKey) {
        return new AnswerPlaces(
                shared,
                group,
                paths.stream()
                        .map(path -> Stream.concat(path.stream(), Stream.of(planKey)).toList())
                        .toList());
    }

    /// A number that no other shape of the program has, or {@link Shape#NOT_REPEATED} where equal
    /// objects must not become one.
    int repeatNumber() {
        return shared.mayBeOne(group, paths) ? shared.nextNumber() : Shape.NOT_REPEATED;
    }
}
