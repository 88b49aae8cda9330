package dev.trivium.planner.proof;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.PlanPrinter;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Checks the plans of what tests send to a router that runs elsewhere: one operation has one plan,
/// wherever it is made.
public final class CheckedPlans {
    private final Supergraph supergraph;
    private final ClientSchema client;
    private final Planner planner;
    private final PlanChecker checker;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    /// @param sdl of a supergraph, without labels of progressive overrides
    public CheckedPlans(String sdl) {
        this.supergraph = Outcomes.value(SupergraphReader.read(sdl));
        this.client = Outcomes.value(ClientSchema.of(ApiSchema.of(supergraph)));
        this.planner = new Planner(supergraph);
        this.checker = new PlanChecker(supergraph);
    }

    /// Does nothing where a router would send an error instead of making a plan.
    ///
    /// @throws AssertionError if the plan is not right
    public void check(String operation) {
        if (checked.add(operation)
                && Parser.parseOperation(operation, ParserLimits.DEFAULT)
                        instanceof Accepted<Document>(var document)
                && client.validate(document).isEmpty()
                && planner.normalize(document, null).then(it -> planner.plan(it, PlanInputs.NONE))
                        instanceof Accepted<QueryPlan>(var plan)) {
            List<String> problems = checker.problems(plan, document, null, Set.of());
            if (!problems.isEmpty()) {
                String shown = new PlanPrinter(supergraph).text(plan);
                throw new AssertionError(operation + "\n" + problems + "\n" + shown);
            }
        }
    }
}
