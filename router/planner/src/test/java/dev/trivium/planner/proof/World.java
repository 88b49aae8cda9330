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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
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

    /// The data with which a subgraph answers.
    public Map<String, @Nullable Object> send(
            int subgraph, String document, Map<String, @Nullable Object> variables) {
        return federation.send(subgraph, document, variables);
    }
}
