package dev.trivium.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trivium.execution.Program;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.planner.NormalizedOperation;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.server.configuration.Configuration.Limits;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import org.jspecify.annotations.Nullable;

/// A supergraph, ready to make programs of documents. Used by all threads but the event loops:
/// every step takes milliseconds.
final class Schema {
    private final Supergraph supergraph;
    private final ClientSchema clientSchema;
    private final Planner planner;
    private final ParserLimits limits;

    /// Documents that differ only in how they are written share one program.
    private final Cache<NormalizedOperation, Outcome<Program>> programs =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(ProgramMemory.limit())
                    .weigher((NormalizedOperation key, Outcome<Program> outcome) ->
                            ProgramMemory.weigh(key.text().length(), outcome))
                    .build();

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

    /// From a text to what runs.
    ///
    /// @param operationName which of its operations, or null if there is only one
    Outcome<Program> compile(String query, @Nullable String operationName) {
        return normalize(query, operationName).then(this::program);
    }

    /// From a text to a plan.
    Outcome<QueryPlan> plan(String query, @Nullable String operationName) {
        return normalize(query, operationName)
                .then(operation -> planner.plan(operation, PlanInputs.NONE));
    }

    private Outcome<NormalizedOperation> normalize(String query, @Nullable String operationName) {
        return Parser.parseOperation(query, limits)
                .then(this::validate)
                .then(document -> planner.normalize(document, operationName));
    }

    private Outcome<Document> validate(Document document) {
        var issues = clientSchema.validate(document);
        return issues.isEmpty() ? new Accepted<>(document) : new Rejected<>(issues);
    }

    private Outcome<Program> program(NormalizedOperation operation) {
        var known = programs.getIfPresent(operation);
        if (known != null) {
            return known;
        }
        Outcome<Program> made =
                planner.plan(operation, PlanInputs.NONE)
                        .then(plan -> new Accepted<>(Program.compile(plan, supergraph)));
        programs.put(operation, made);
        return made;
    }
}
