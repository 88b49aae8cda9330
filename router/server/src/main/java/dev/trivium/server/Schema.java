package dev.trivium.server;

import dev.trivium.execution.Program;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.Explanation;
import dev.trivium.planner.NormalizedOperation;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.server.configuration.Configuration.Limits;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A supergraph, ready to make programs of documents. Used by all threads but the event loops:
/// every step takes milliseconds.
final class Schema implements Operations.Compiler {
    private final Supergraph supergraph;
    private final ClientSchema clientSchema;
    private final Planner planner;
    private final ParserLimits limits;

    private Schema(Supergraph supergraph, ClientSchema clientSchema, ParserLimits limits) {
        this.supergraph = supergraph;
        this.clientSchema = clientSchema;
        this.planner = new Planner(supergraph);
        this.limits = limits;
    }

    /// @param sdl the text of the supergraph
    static Outcome<Schema> read(String sdl, Limits limits) {
        var parserLimits =
                new ParserLimits(
                        limits.maxTokens(), limits.maxRecursion(), limits.maxRequestBytes());
        return SupergraphReader.read(sdl)
                .then(supergraph ->
                        ClientSchema.of(ApiSchema.of(supergraph))
                                .then(client ->
                                        new Accepted<>(
                                                new Schema(supergraph, client, parserLimits))));
    }

    Supergraph supergraph() {
        return supergraph;
    }

    ClientSchema clientSchema() {
        return clientSchema;
    }

    /// From a text to a plan, and how it came about.
    ///
    /// @param inputs with labels of progressive overrides; those that the operation does not meet
    ///   do no harm
    Outcome<Explanation> explain(String query, @Nullable String operationName, PlanInputs inputs) {
        return normalize(query, operationName)
                .then(operation -> planner.explain(operation, inputs));
    }

    @Override
    public Outcome<NormalizedOperation> normalize(String query, @Nullable String operationName) {
        return Parser.parseOperation(query, limits)
                .then(this::validate)
                .then(document -> planner.normalize(document, operationName));
    }

    private Outcome<Document> validate(Document document) {
        var issues = clientSchema.validate(document);
        return issues.isEmpty() ? new Accepted<>(document) : new Rejected<>(issues);
    }

    @Override
    public Set<String> labels(NormalizedOperation operation) {
        return planner.labels(operation);
    }

    @Override
    public Outcome<Program> compile(NormalizedOperation operation, PlanInputs inputs) {
        return planner.plan(operation, inputs)
                .then(plan -> new Accepted<>(Program.compile(plan, supergraph)));
    }
}
