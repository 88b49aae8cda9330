package dev.trivium.execution;

import dev.trivium.planner.plan.Condition;
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
/// an interface may have hundreds of types of which a request sees two.
final class ResponseSelection {

    private final List<OutputField> fields;
    private final Layout layout;
    private final Context context;
    private final String typeName;
    private final boolean[] possible;
    private final int onlyType;
    private final AtomicReferenceArray<@Nullable Projection> projections;

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
            List<String> possibleTypes) {
        TypeNames types = context.types();
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
        boolean anyTypeWillDo =
                possibleTypes.size() == 1 || (!possibleTypes.isEmpty() && isSameForAllTypes());
        this.onlyType = anyTypeWillDo ? types.id(possibleTypes.getFirst()) : TypeNames.UNKNOWN;
        this.projections = new AtomicReferenceArray<>(types.count());
    }

    /// Then the plan need not ask for the type, which an interface object cannot tell.
    private boolean isSameForAllTypes() {
        return fields.stream()
                .allMatch(it -> it.onTypes().isEmpty() && !it.name().equals(Layout.TYPENAME));
    }

    static ResponseSelection root(
            String rootType, List<OutputField> fields, Layout layout, Context context) {
        return new ResponseSelection(fields, layout, context, rootType, List.of(rootType));
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
        int number = context.numbers().incrementAndGet();
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
                                possibleTypes)
                        : null;
        int slot = layout.slotAt(field.planKey());
        return ResponseField.of(field, number, type, first, slot, selection);
    }

    private static List<OutputField> selections(List<OutputField> same) {
        if (same.size() == 1) {
            return same.getFirst().selections();
        }
        return same.stream().flatMap(field -> field.selections().stream()).toList();
    }
}
