package dev.trivium.execution;

import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.FetchField;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.List;

/// Estimates how many bytes a program takes, for caches that bound their memory: a short text of
/// nested fragments may become a program of many thousand fields.
final class ProgramSize {

    private static final int TYPE = 100;
    private static final int FETCH = 1_000;
    private static final int FETCHED_FIELD = 120;
    private static final int PATH_STEP = 100;

    /// A field of the output, with the normalized one that it was made of.
    private static final int PLANNED_FIELD = 250;

    /// A field of the response, once for each assignment that is remembered.
    private static final int RESPONSE_FIELD = 150;

    /// What there is for each type at each composite field: a flag and a reference.
    private static final int TYPE_OF_FIELD = 5;

    private ProgramSize() {}

    /// @param types the number of types of the schema
    /// @param assignments how many assignments of the variables in conditions are remembered
    static long of(QueryPlan plan, int types, int assignments) {
        String introspection = plan.introspection();
        long size = introspection == null ? 0 : 2L * introspection.length();
        size += (long) TYPE * types;
        size += fields(plan) * (PLANNED_FIELD + (long) assignments * RESPONSE_FIELD);
        size += composites(plan.output()) * assignments * TYPE_OF_FIELD * types;
        for (DeferredPart part : plan.deferred()) {
            size += (1 + composites(part.output())) * assignments * TYPE_OF_FIELD * types;
        }
        for (Fetch fetch : plan.fetches()) {
            size += of(fetch, types);
        }
        return size;
    }

    /// The number of fields of all parts, those below others included.
    static long fields(QueryPlan plan) {
        long count = fields(plan.output());
        for (DeferredPart part : plan.deferred()) {
            count += fields(part.output());
        }
        return count;
    }

    private static long fields(List<OutputField> output) {
        long count = output.size();
        for (OutputField field : output) {
            count += fields(field.selections());
        }
        return count;
    }

    private static long composites(List<OutputField> output) {
        long count = 0;
        for (OutputField field : output) {
            if (field.kind() instanceof OutputField.Composite) {
                count += 1 + composites(field.selections());
            }
        }
        return count;
    }

    private static long of(Fetch fetch, int types) {
        long selections =
                switch (fetch.target()) {
                    case Fetch.Root(var fields) -> fetched(fields);
                    case Fetch.Entities(var groups) ->
                            groups.stream().mapToLong(group -> of(group, types)).sum();
                };
        return FETCH + 2L * fetch.document().length() + selections;
    }

    private static long of(EntityGroup group, int types) {
        long size = FETCH + (long) TYPE_OF_FIELD * types + fetched(group.selections());
        for (List<PathStep> path : group.paths()) {
            size += (long) path.size() * (PATH_STEP + types);
        }
        return size;
    }

    private static long fetched(List<FetchField> fields) {
        long size = (long) fields.size() * FETCHED_FIELD;
        for (FetchField field : fields) {
            size += fetched(field.selections());
        }
        return size;
    }
}
