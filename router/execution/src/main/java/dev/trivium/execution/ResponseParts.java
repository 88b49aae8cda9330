package dev.trivium.execution;

import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.DeferredPart.Step;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the client gets in which part of the response, where certain variables are true. Part 0 is
/// the initial one, the others are the fragments with `@defer` whose condition holds; one that
/// stands inside of another follows it.
///
/// Made once for each assignment of the variables, hence the streams.
final class ResponseParts {

    static final int INITIAL = 0;

    private final QueryPlan plan;

    /// The parts of the plan that are parts of the response.
    private final List<DeferredPart> active;

    /// The numbers of the fragments, in ascending order.
    private final int[] numbers;

    /// By part: the one around it.
    private final int[] outer;

    /// By fetch: the part that waits for it.
    private final int[] partOfFetch;

    private final ResponseSelection initial;
    private final ResponseSelection whole;

    /// A deferred part, seen from an object on the way to those that it is about.
    ///
    /// @param steps from the object
    /// @param inside the parts that follow this one, seen from where it is
    record Anchor(
            int part,
            @Nullable String label,
            List<OutputField> output,
            List<Step> steps,
            List<Anchor> inside) {}

    ResponseParts(QueryPlan plan, int fetches, Layout layout, ResponseSelection.Context context) {
        this.plan = plan;
        this.active =
                plan.deferred().stream()
                        .filter(part -> context.holds().test(part.condition()))
                        .toList();
        this.numbers = active.stream().mapToInt(DeferredPart::number).distinct().sorted().toArray();
        this.outer = new int[count()];
        active.forEach(it -> outer[part(it.number())] = part(it.outer()));
        this.partOfFetch = new int[fetches];
        for (DeferredPart part : plan.deferred()) {
            part.fetches().forEach(fetch -> partOfFetch[fetch] = part(part.number()));
        }
        this.initial = selection(plan.output(), layout, context, anchors(INITIAL, List.of()));
        this.whole =
                active.isEmpty()
                        ? initial
                        : selection(WholeOutput.of(plan), layout, context, List.of());
    }

    private ResponseSelection selection(
            List<OutputField> output,
            Layout layout,
            ResponseSelection.Context context,
            List<Anchor> anchors) {
        return ResponseSelection.root(plan.rootType(), output, layout, context, anchors);
    }

    /// The part that the fields of a fragment belong to: where it is not deferred, the part around.
    private int part(int number) {
        if (number == 0) {
            return INITIAL;
        }
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == number) {
                return i + 1;
            }
        }
        for (DeferredPart part : plan.deferred()) {
            if (part.number() == number) {
                return part(part.outer());
            }
        }
        throw new IllegalArgumentException("the plan has no deferred part " + number);
    }

    /// The parts that follow a part.
    ///
    /// @param path where that part is
    private List<Anchor> anchors(int part, List<Step> path) {
        return active.stream()
                .filter(it -> part(it.outer()) == part && startsWith(it.path(), path))
                .map(it ->
                        new Anchor(
                                part(it.number()),
                                it.label(),
                                it.output(),
                                it.path().subList(path.size(), it.path().size()),
                                anchors(part(it.number()), it.path())))
                .toList();
    }

    private static boolean startsWith(List<Step> path, List<Step> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    /// How many parts there are, the initial one included.
    int count() {
        return numbers.length + 1;
    }

    /// The part around a deferred one, which has a smaller number.
    int outer(int part) {
        return outer[part];
    }

    /// The part that waits for a fetch.
    int partOf(FetchProgram fetch) {
        return partOfFetch[fetch.id()];
    }

    /// For each part the number of fetches that it waits for.
    int[] fetchCounts() {
        int[] counts = new int[count()];
        for (int part : partOfFetch) {
            counts[part]++;
        }
        return counts;
    }

    ResponseSelection initial() {
        return initial;
    }

    /// All parts in one, to find out where a client sees something.
    ResponseSelection whole() {
        return whole;
    }

    /// The part that reports an error: the one that waits for the fetch, unless the error is about
    /// a field that only another part shows, for which it was fetched along. Streams will do: only
    /// errors come here, of which a response has few ({@link ErrorLog#LIMIT}), and of those only
    /// the ones of an operation with deferred parts.
    ///
    /// @param sent the parts that are gone
    int reporting(FetchProgram fetch, @Nullable List<Object> path, boolean[] sent) {
        int owner = partOf(fetch);
        if (path == null || active.isEmpty()) {
            return owner;
        }
        List<String> keys =
                path.stream().filter(String.class::isInstance).map(String.class::cast).toList();
        if (shows(owner, keys) || active.stream().anyMatch(it -> isAbove(it, owner, keys))) {
            return owner;
        }
        for (int part = 0; part < count(); part++) {
            if (!sent[part] && shows(part, keys)) {
                return part;
            }
        }
        return owner;
    }

    /// Whether a path does not lead below the objects that a part is about.
    private boolean isAbove(DeferredPart it, int part, List<String> keys) {
        return part(it.number()) == part && keys.size() <= it.path().size();
    }

    private boolean shows(int part, List<String> keys) {
        return part == INITIAL
                ? shows(plan.output(), keys)
                : active.stream()
                        .filter(it -> part(it.number()) == part && leadsBelow(keys, it.path()))
                        .anyMatch(it ->
                                shows(it.output(), keys.subList(it.path().size(), keys.size())));
    }

    private static boolean leadsBelow(List<String> keys, List<Step> path) {
        return keys.size() > path.size()
                && path.stream()
                        .map(Step::responseKey)
                        .toList()
                        .equals(keys.subList(0, path.size()));
    }

    private static boolean shows(List<OutputField> fields, List<String> keys) {
        return keys.isEmpty()
                || fields.stream()
                        .filter(field -> field.responseKey().equals(keys.getFirst()))
                        .anyMatch(field -> shows(field.selections(), keys.subList(1, keys.size())));
    }
}
