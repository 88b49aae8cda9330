package dev.trivium.execution;

import dev.trivium.execution.EntityGroupProgram.Sharing;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.FetchField;
import dev.trivium.planner.plan.Fetch.PathStep;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Finds out which objects may be one object of the tree at several places: those that are filled
/// alike at all of them. A plan is compiled once, hence the streams.
final class SharedPlaces {

    private static final int ROOT = -1;

    /// All groups of a plan.
    private final List<EntityGroup> groups;

    /// By group.
    private final List<Sharing> sharing;

    private int numbers;

    SharedPlaces(List<EntityGroup> groups) {
        this.groups = groups;
        this.sharing = IntStream.range(0, groups.size()).mapToObj(this::find).toList();
    }

    /// How an entity of a group is shared by the objects that are filled from it.
    Sharing sharing(int group) {
        return sharing.get(group);
    }

    /// The objects in the answer to a root fetch.
    AnswerPlaces ofRoot() {
        return new AnswerPlaces(this, ROOT, List.of(List.of()));
    }

    /// The objects in the list of a group.
    AnswerPlaces of(int group) {
        List<List<String>> paths =
                groups.get(group).paths().stream()
                        .map(path -> path.stream().map(PathStep::planKey).toList())
                        .toList();
        return new AnswerPlaces(this, group, paths);
    }

    int nextNumber() {
        return numbers++;
    }

    /// Whether equal objects of an answer may be one object.
    ///
    /// @param group the one that has asked for them, or `ROOT`
    /// @param paths where they will stand
    boolean mayBeOne(int group, List<List<String>> paths) {
        return groups.stream().allMatch(it -> it.contexts().isEmpty())
                && (group == ROOT || sharing(group) != Sharing.NOWHERE)
                && paths.stream().allMatch(path -> isFilledAlike(group, path));
    }

    /// What is filled below equal objects is equal too, unless it depends on the objects above them
    /// who is asked for it, or another group fills in some of them on the way.
    private boolean isFilledAlike(int group, List<String> path) {
        List<List<PathStep>> below =
                groups.stream()
                        .flatMap(other -> other.paths().stream())
                        .filter(way -> isWay(way, path))
                        .toList();
        return below.isEmpty()
                || (below.stream()
                                .flatMap(way -> way.stream().limit(path.size()))
                                .allMatch(step -> step.types().isEmpty())
                        && IntStream.range(0, path.size())
                                .noneMatch(length -> isFilledByAnother(group, path, length)));
    }

    private static boolean isWay(List<PathStep> way, List<String> start) {
        return way.size() >= start.size()
                && IntStream.range(0, start.size())
                        .allMatch(i -> way.get(i).planKey().equals(start.get(i)));
    }

    private boolean isFilledByAnother(int group, List<String> path, int length) {
        List<String> start = path.subList(0, length);
        return isFilledByAnother(
                group, path.get(length), way -> way.size() == length && isWay(way, start));
    }

    private Sharing find(int group) {
        Sharing sharing = Sharing.EVERYWHERE;
        for (List<PathStep> path : groups.get(group).paths()) {
            for (FetchField field : groups.get(group).selections()) {
                if (field.isObject()) {
                    Sharing below = below(group, path, field.planKey());
                    sharing = below.compareTo(sharing) > 0 ? below : sharing;
                }
            }
        }
        return sharing;
    }

    /// Whether what a group puts below a key of the objects at a path may be shared.
    private Sharing below(int group, List<PathStep> path, String key) {
        List<List<PathStep>> below =
                groups.stream()
                        .flatMap(other -> other.paths().stream())
                        .filter(way -> leadsBelow(way, path, key))
                        .toList();
        if (below.isEmpty()) {
            return Sharing.EVERYWHERE;
        }
        if (isFilledByContexts(below)) {
            return Sharing.NOWHERE;
        }
        boolean typed =
                below.stream().flatMap(List::stream).anyMatch(step -> !step.types().isEmpty());
        return typed || isFilledByAnother(group, path, key) ? Sharing.NOWHERE : Sharing.ALONG_PATH;
    }

    /// Then it depends on what is above each object.
    private boolean isFilledByContexts(List<List<PathStep>> ways) {
        return groups.stream()
                .filter(group -> !group.contexts().isEmpty())
                .anyMatch(group -> group.paths().stream().anyMatch(ways::contains));
    }

    private static boolean leadsBelow(List<PathStep> way, List<PathStep> path, String key) {
        return way.size() > path.size()
                && startsWith(way, path)
                && way.get(path.size()).planKey().equals(key);
    }

    private static boolean startsWith(List<PathStep> way, List<PathStep> path) {
        return IntStream.range(0, path.size())
                .allMatch(i -> way.get(i).planKey().equals(path.get(i).planKey()));
    }

    private boolean isFilledByAnother(int group, List<PathStep> path, String key) {
        return isFilledByAnother(
                group, key, way -> way.size() == path.size() && startsWith(way, path));
    }

    private boolean isFilledByAnother(int group, String key, Predicate<List<PathStep>> ways) {
        return IntStream.range(0, groups.size())
                .filter(other -> other != group)
                .mapToObj(groups::get)
                .filter(other -> other.selections().stream().anyMatch(f -> f.planKey().equals(key)))
                .flatMap(other -> other.paths().stream())
                .anyMatch(ways);
    }
}
