package dev.trivium.execution;

import dev.trivium.planner.plan.DeferredPart;
import dev.trivium.planner.plan.DeferredPart.Step;
import dev.trivium.planner.plan.OutputField;
import dev.trivium.planner.plan.QueryPlan;
import java.util.ArrayList;
import java.util.List;

/// The output of all parts of a plan in one, each part at the fields that its path leads to.
final class WholeOutput {

    private WholeOutput() {}

    static List<OutputField> of(QueryPlan plan) {
        List<OutputField> whole = plan.output();
        for (DeferredPart part : plan.deferred()) {
            whole = add(whole, part.path(), part.output());
        }
        return whole;
    }

    private static List<OutputField> add(
            List<OutputField> fields, List<Step> path, List<OutputField> more) {
        List<OutputField> all = new ArrayList<>();
        if (path.isEmpty()) {
            all.addAll(fields);
            all.addAll(more);
            return all;
        }
        Step step = path.getFirst();
        for (OutputField field : fields) {
            all.add(
                    isAt(field, step)
                            ? below(
                                    field,
                                    add(field.selections(), path.subList(1, path.size()), more))
                            : field);
        }
        return all;
    }

    private static boolean isAt(OutputField field, Step step) {
        return field.kind() instanceof OutputField.Composite
                && field.responseKey().equals(step.responseKey())
                && field.planKey().equals(step.planKey());
    }

    private static OutputField below(OutputField field, List<OutputField> selections) {
        return new OutputField(
                field.responseKey(),
                field.planKey(),
                field.name(),
                field.type(),
                field.onTypes(),
                field.condition(),
                field.kind(),
                selections);
    }
}
