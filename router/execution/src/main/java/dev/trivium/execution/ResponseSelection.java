package dev.trivium.execution;

import dev.trivium.execution.ResponseParts.Anchor;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.DeferredPart.Step;
import dev.trivium.planner.plan.OutputField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the response holds of the objects at one place. Fields are collected for each runtime type
/// separately (GraphQL specification, section 6.3.2), when the first object of the type is written:
/// an interface may have hundreds of types of which a request sees two. A program keeps what was
/// collected, so the streams run once for a type and an assignment of the variables.
final class ResponseSelection {

    private final List<OutputField> fields;
    private final Layout layout;
    private final Context context;
    private final String typeName;
    private final boolean[] possible;
    private final boolean anyTypeWillDo;
    private final int onlyType;
    private final AtomicReferenceArray<@Nullable Projection> projections;

    /// The deferred parts that are about these objects, or about some below them.
    private final List<Anchor> anchors;

    private final List<Deferred> deferred;

    /// More fields of the objects, which follow in a part of their own.
    record Deferred(int part, @Nullable String label, ResponseSelection selection) {}

    /// What all selections of a response have in common.
    ///
    /// @param numbers the numbers of response fields given so far
    /// @param holds whether a condition holds for the request
    record Context(TypeNames types, AtomicInteger numbers, Predicate<Condition> holds) {}

    private ResponseSelection(
            List<OutputField> fields,
            Layout layout,
            Context context,
            String typeName,
            List<String> possibleTypes,
            List<Anchor> anchors) {
        TypeNames types = context.types();
        this.anchors = anchors;
        this.deferred =
                anchors.stream()
                        .filter(anchor -> anchor.steps().isEmpty())
                        .map(it ->
                                new Deferred(
                                        it.part(),
                                        it.label(),
                                        new ResponseSelection(
                                                it.output(),
                                                layout,
                                                context,
                                                typeName,
                                                possibleTypes,
                                                it.inside())))
                        .toList();
        this.fields = fields;
        this.layout = layout;
        this.context = context;
        this.typeName = typeName;
        this.possible = new boolean[types.count()];
        for (String type : possibleTypes) {
            if (types.id(type) != TypeNames.UNKNOWN) {
                possible[types.id(type)] = true;
            }
        }
        this.anyTypeWillDo =
                possibleTypes.size() == 1 || (!possibleTypes.isEmpty() && isSameForAllTypes());
        this.onlyType = anyTypeWillDo ? types.id(possibleTypes.getFirst()) : TypeNames.UNKNOWN;
        this.projections = new AtomicReferenceArray<>(types.count());
    }

    /// Whether the fields are the same for all types, and those of the parts that follow. Then the
    /// plan need not ask for the type, which an interface object cannot tell.
    private boolean isSameForAllTypes() {
        return fields.stream()
                        .filter(it -> context.holds().test(it.condition()))
                        .allMatch(
                                it -> it.onTypes().isEmpty() && !it.name().equals(Layout.TYPENAME))
                && deferred.stream().allMatch(it -> it.selection().anyTypeWillDo);
    }

    /// @param anchors the deferred parts that follow
    static ResponseSelection root(
            String rootType,
            List<OutputField> fields,
            Layout layout,
            Context context,
            List<Anchor> anchors) {
        return new ResponseSelection(fields, layout, context, rootType, List.of(rootType), anchors);
    }

    /// What follows about the objects once they have been sent.
    List<Deferred> deferred() {
        return deferred;
    }

    String typeName() {
        return typeName;
    }

    /// The type of objects that do not say theirs: the only one, or any where they are all treated
    /// alike; else `UNKNOWN`.
    int onlyType() {
        return onlyType;
    }

    /// Whether a client may see objects of a type here.
    boolean isPossible(int type) {
        return type != TypeNames.UNKNOWN && possible[type];
    }

    /// @param type a possible one
    Projection of(int type) {
        Projection known = projections.getAcquire(type);
        if (known != null) {
            return known;
        }
        // Two threads may do this at once; either result will do.
        Projection projection = collect(context.types().name(type));
        projections.setRelease(type, projection);
        return projection;
    }

    private Projection collect(String type) {
        Map<String, List<OutputField>> byKey = new LinkedHashMap<>();
        for (OutputField field : fields) {
            if ((field.onTypes().isEmpty() || field.onTypes().contains(type))
                    && context.holds().test(field.condition())) {
                byKey.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>()).add(field);
            }
        }
        List<ResponseField> collected = new ArrayList<>();
        for (List<OutputField> same : byKey.values()) {
            collected.add(field(same, type, collected.isEmpty()));
        }
        return new Projection(collected.toArray(ResponseField[]::new));
    }

    private ResponseField field(List<OutputField> same, String type, boolean first) {
        OutputField field = same.getFirst();
        List<Anchor> below = below(field, type);
        // What parts follow about an object depends on where it stands.
        int number =
                below.isEmpty() ? context.numbers().incrementAndGet() : ResponseField.NOT_REPEATED;
        if (field.name().equals(Layout.TYPENAME)) {
            return ResponseField.typename(field, number, type, first);
        }
        ResponseSelection selection =
                field.kind() instanceof OutputField.Composite(var name, var possibleTypes)
                        ? new ResponseSelection(
                                selections(same),
                                layout.childAt(field.planKey()),
                                context,
                                name,
                                possibleTypes,
                                below)
                        : null;
        int slot = layout.slotAt(field.planKey());
        return ResponseField.of(field, number, type, first, slot, selection);
    }

    /// The deferred parts that are about the objects of a field, or about some below them.
    private List<Anchor> below(OutputField field, String type) {
        return anchors.stream()
                .filter(it -> !it.steps().isEmpty() && isAt(field, type, it.steps().getFirst()))
                .map(it ->
                        new Anchor(
                                it.part(),
                                it.label(),
                                it.output(),
                                it.steps().subList(1, it.steps().size()),
                                it.inside()))
                .toList();
    }

    private static boolean isAt(OutputField field, String type, Step step) {
        return field.responseKey().equals(step.responseKey())
                && field.planKey().equals(step.planKey())
                && (step.types().isEmpty() || step.types().contains(type));
    }

    private static List<OutputField> selections(List<OutputField> same) {
        if (same.size() == 1) {
            return same.getFirst().selections();
        }
        return same.stream().flatMap(field -> field.selections().stream()).toList();
    }
}
