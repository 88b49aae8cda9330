package dev.trivium.planner.plan;

import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.FetchField;
import java.util.List;

/// What a plan costs at most, where every condition holds and every fetch is sent.
///
/// Plans are compared in this order: steps, requests, fields.
///
/// @param steps the most requests that wait for one another
/// @param requests to all subgraphs
/// @param fields that subgraphs are asked for
public record PlanCost(int steps, int requests, int fields) {

    public static PlanCost of(QueryPlan plan) {
        List<Fetch> fetches = plan.fetches();
        int[] depths = new int[fetches.size()];
        int steps = 0;
        int fields = 0;
        for (Fetch fetch : fetches) {
            int before = 0;
            for (int dependency : fetch.dependencies()) {
                before = Math.max(before, depths[dependency]);
            }
            depths[fetch.id()] = before + 1;
            steps = Math.max(steps, before + 1);
            fields += count(fetch.target());
        }
        return new PlanCost(steps, fetches.size(), fields);
    }

    private static int count(Fetch.Target target) {
        return switch (target) {
            case Fetch.Root(var selections) -> count(selections);
            case Fetch.Entities(var groups) ->
                    groups.stream().map(EntityGroup::selections).mapToInt(PlanCost::count).sum();
        };
    }

    private static int count(List<FetchField> fields) {
        int count = fields.size();
        for (FetchField field : fields) {
            count += count(field.selections());
        }
        return count;
    }
}
