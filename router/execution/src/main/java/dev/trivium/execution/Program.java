package dev.trivium.execution;

import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;

/// A query plan, ready to run: all that can be known before a request is computed here, once.
/// Immutable for its users, and shared by all threads.
public final class Program {

    private final QueryPlan plan;

    private Program(QueryPlan plan) {
        this.plan = plan;
    }

    public static Program compile(QueryPlan plan, Supergraph supergraph) {
        return compile(plan, supergraph, ErrorPolicy.DEFAULT);
    }

    /// @param supergraph the one that the plan was made for
    public static Program compile(QueryPlan plan, Supergraph supergraph, ErrorPolicy errors) {
        return new Program(plan);
    }

    /// The plan that this program runs.
    public QueryPlan plan() {
        return plan;
    }
}
