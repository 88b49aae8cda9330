package dev.trivium.planner.proof;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.PlanPrinter;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Judges how operations over one supergraph are planned: the plan by itself ({@link PlanChecker}),
/// and its answer beside that of a single service with the whole schema ({@link Federation}).
public final class Proof {
    private static final int FRAMES = 8;
    private static final String DEFER =
            "directive @defer(if: Boolean! = true, label: String)"
                    + " on FRAGMENT_SPREAD | INLINE_FRAGMENT";

    private final SchemaView schema;
    private final ClientSchema client;
    private final Federation federation;
    private final Planner planner;
    private final PlanChecker checker;
    private final Set<String> labels;

    /// @param labels the active labels of progressive overrides
    public Proof(Supergraph supergraph, Set<String> labels) {
        this.schema = new SchemaView(supergraph);
        this.client = Outcomes.value(ClientSchema.of(withDefer(ApiSchema.of(supergraph))));
        this.federation = new Federation(supergraph, labels);
        this.planner = new Planner(supergraph);
        this.checker = new PlanChecker(supergraph);
        this.labels = labels;
    }

    private static Document withDefer(Document api) {
        List<Definition> definitions = new ArrayList<>(api.definitions());
        definitions.addAll(Outcomes.value(Parser.parseSchema(DEFER, null)).definitions());
        return new Document(definitions);
    }

    /// Null where the subgraphs do not compose.
    static @Nullable Proof of(List<SubgraphSource> subgraphs, Set<String> labels) {
        return Composition.compose(subgraphs) instanceof CompositionResult.Composed(var sdl, _, _)
                ? new Proof(Outcomes.value(SupergraphReader.read(sdl)), labels)
                : null;
    }

    SchemaView schema() {
        return schema;
    }

    Set<String> labels() {
        return labels;
    }

    /// Whether an operation is valid.
    boolean accepts(String operation) {
        return switch (Parser.parseOperation(operation, ParserLimits.DEFAULT)) {
            case Outcome.Accepted<Document>(var document) -> client.validate(document).isEmpty();
            case Outcome.Rejected<Document> _ -> false;
        };
    }

    /// What is wrong with the plan of an operation or, where it is valid, with its answer; or null.
    public @Nullable String problem(String operation) {
        return problem(operation, _ -> {});
    }

    /// @param features gets those that the operation uses
    @Nullable String problem(String operation, Consumer<Set<Feature>> features) {
        Document document = Outcomes.operation(operation);
        String shown = "";
        try {
            Outcome<QueryPlan> planned =
                    planner.normalizeWithDefer(document, null)
                            .then(it -> planner.plan(it, new PlanInputs(labels)));
            if (!(planned instanceof Outcome.Accepted<QueryPlan>(var plan))) {
                return "no plan: " + planned;
            }
            features.accept(FeaturesOfOperation.of(schema, operation, plan));
            shown = new PlanPrinter(schema.supergraph()).text(plan);
            List<String> problems = checker.problems(plan, document, null, labels);
            if (!problems.isEmpty()) {
                return String.join("\n", problems) + "\n" + shown;
            }
            return accepts(operation) ? difference(operation, document, plan) : null;
        } catch (RuntimeException | AssertionError failure) {
            StringBuilder text = new StringBuilder(failure.toString()).append('\n').append(shown);
            StackTraceElement[] trace = failure.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
                text.append("  at ").append(trace[i]).append('\n');
            }
            return text.toString();
        }
    }

    private @Nullable String difference(String operation, Document document, QueryPlan plan) {
        Definition.Operation definition =
                document.definitions(Definition.Operation.class).getFirst();
        for (Map<String, @Nullable Object> variables : Variables.of(schema, definition)) {
            String difference =
                    plan.operationType() == OperationType.SUBSCRIPTION
                            ? difference(
                                    federation.events(operation, variables),
                                    PlanExecution.subscribe(federation, plan, variables))
                            : difference(operation, document, plan, variables);
            if (difference != null) {
                return difference
                        + "\nwith "
                        + variables
                        + "\n"
                        + new PlanPrinter(schema.supergraph()).text(plan);
            }
        }
        return null;
    }

    private @Nullable String difference(
            String operation,
            Document document,
            QueryPlan plan,
            Map<String, @Nullable Object> variables) {
        PlanExecution.Response response = PlanExecution.execute(federation, plan, variables);
        if (plan.deferred().isEmpty()) {
            return difference(federation.answer(operation, variables), response.initial());
        }
        var answer = federation.answer(DeferredAnswer.typed(document), variables);
        Map<String, Boolean> choice = Variables.choice(document, variables);
        return difference(
                DeferredAnswer.parts(schema, document, answer, choice),
                DeferredAnswer.parts(response));
    }

    private static @Nullable String difference(Object expected, Object actual) {
        return expected.toString().equals(actual.toString())
                ? null
                : "expected %s%nbut was  %s".formatted(expected, actual);
    }
}
