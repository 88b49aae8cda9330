package dev.trivium.planner.proof;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A supergraph with services in memory behind it, and what clients may ask: for the tests of other
/// modules.
public final class World {
    private final SchemaView schema;
    private final ClientSchema client;
    private final Federation federation;
    private final Set<String> labels;

    private World(Supergraph supergraph, Set<String> labels) {
        this.schema = new SchemaView(supergraph);
        this.client = Outcomes.value(ClientSchema.of(ApiSchema.of(supergraph)));
        this.federation = new Federation(supergraph, labels);
        this.labels = labels;
    }

    /// @return null where the subgraphs do not compose
    public static @Nullable World of(List<SubgraphSource> subgraphs) {
        return of(subgraphs, Set.of());
    }

    /// @return null where the random subgraphs do not compose
    public static @Nullable World random(Random random) {
        return of(RandomFederation.of(random), Campaign.labels(random));
    }

    private static @Nullable World of(List<SubgraphSource> subgraphs, Set<String> labels) {
        return Composition.compose(subgraphs) instanceof CompositionResult.Composed(var sdl, _, _)
                ? new World(Outcomes.value(SupergraphReader.read(sdl)), labels)
                : null;
    }

    public Supergraph supergraph() {
        return schema.supergraph();
    }

    /// The active labels of progressive overrides.
    public Set<String> labels() {
        return labels;
    }

    /// A valid query or mutation, of which nothing is deferred.
    public String operation(Random random) {
        String operation;
        do {
            operation = RandomOperation.of(schema, random);
        } while (operation.startsWith("subscription") || !accepts(operation));
        return operation;
    }

    /// A valid subscription, of which nothing is deferred.
    ///
    /// @return null where there seem to be none
    public @Nullable String subscription(Random random) {
        for (int i = 0; i < 50; i++) {
            String operation = RandomOperation.of(schema, random);
            if (operation.startsWith("subscription") && accepts(operation)) {
                return operation;
            }
        }
        return null;
    }

    /// A smaller operation that is valid and fails, too.
    public String shrink(String operation, Predicate<String> fails) {
        return ShrinkOperation.shrink(operation, it -> accepts(it) && fails.test(it));
    }

    private boolean accepts(String operation) {
        return switch (Parser.parseOperation(operation, ParserLimits.DEFAULT)) {
            case Outcome.Accepted<Document>(var document) -> client.validate(document).isEmpty();
            case Outcome.Rejected<Document> _ -> false;
        };
    }

    /// The variables that a client may send with an operation: one map, or two.
    public List<Map<String, @Nullable Object>> variables(String operation) {
        return Variables.of(
                schema,
                Outcomes.operation(operation).definitions(Definition.Operation.class).getFirst());
    }

    /// The data with which one service answers that has all of the schema.
    public Map<String, @Nullable Object> answer(
            String operation, Map<String, @Nullable Object> variables) {
        return federation.answer(operation, variables);
    }

    /// The data of the events of one service that has all of the schema.
    public List<Map<String, @Nullable Object>> events(
            String subscription, Map<String, @Nullable Object> variables) {
        return federation.events(subscription, variables);
    }

    /// The data of the events of a subgraph.
    public List<Map<String, @Nullable Object>> subscribe(
            int subgraph, String document, Map<String, @Nullable Object> variables) {
        return federation.subscribe(subgraph, document, variables);
    }

    /// A value that one service gives in the course of its answer.
    ///
    /// @param type of the field, `[Int!]`
    public record Given(Spot spot, String type, @Nullable Object value) {}

    /// The values that go into the answer of one service.
    public List<Given> given(String operation, Map<String, @Nullable Object> variables) {
        Map<Spot, Given> given = new LinkedHashMap<>();
        federation.intercepted(
                (spot, environment, value) -> {
                    String type = GraphQLTypeUtil.simplePrint(environment.getFieldType());
                    given.putIfAbsent(spot, new Given(spot, type, value));
                    return value;
                },
                () -> federation.answer(operation, variables));
        return List.copyOf(given.values());
    }

    /// An answer with errors.
    ///
    /// @param errors their paths
    public record Changed(@Nullable Map<String, @Nullable Object> data, Set<List<Object>> errors) {}

    /// The answer of one service in which a value is another.
    ///
    /// @param change of the value; an exception stands for one that is of no use
    public Changed answerChanged(
            String operation,
            Map<String, @Nullable Object> variables,
            Spot changed,
            UnaryOperator<@Nullable Object> change) {
        ExecutionResult result =
                federation.intercepted(
                        (spot, _, value) -> spot.equals(changed) ? change.apply(value) : value,
                        () -> federation.result(operation, variables));
        Set<List<Object>> errors = new HashSet<>();
        for (GraphQLError error : result.getErrors()) {
            errors.add(error.getPath());
        }
        return new Changed(result.getData(), errors);
    }

    /// An answer, and the paths in it at which a value is.
    public record Located(Map<String, @Nullable Object> data, List<List<Object>> paths) {}

    /// The answer of a subgraph, and where a value is in it.
    public Located locate(
            int subgraph, String document, Map<String, @Nullable Object> variables, Spot wanted) {
        List<List<Object>> paths = new ArrayList<>();
        Map<String, @Nullable Object> data =
                federation.intercepted(
                        (spot, environment, value) -> {
                            if (spot.equals(wanted)) {
                                paths.add(environment.getExecutionStepInfo().getPath().toList());
                            }
                            return value;
                        },
                        () -> federation.send(subgraph, document, variables));
        return new Located(data, paths);
    }

    /// The data with which a subgraph answers.
    public Map<String, @Nullable Object> send(
            int subgraph, String document, Map<String, @Nullable Object> variables) {
        return federation.send(subgraph, document, variables);
    }
}
