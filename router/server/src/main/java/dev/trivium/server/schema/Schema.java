package dev.trivium.server.schema;

import dev.trivium.execution.ErrorPolicy;
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
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.Configuration.IncludeSubgraphErrors;
import dev.trivium.server.configuration.Configuration.Limits;
import dev.trivium.server.configuration.Configuration.SubgraphErrors;
import dev.trivium.server.rest.ApiTypes;
import dev.trivium.server.schema.Operations.Text;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A supergraph, ready to make programs of documents. Used by all threads but the event loops:
/// every step takes milliseconds.
public final class Schema implements Operations.Compiler {
    private final Supergraph supergraph;
    private final ClientSchema clientSchema;
    private final ApiTypes apiTypes;
    private final Planner planner;
    private final ParserLimits limits;
    private final ErrorPolicy errors;

    private Schema(
            Supergraph supergraph,
            ClientSchema clientSchema,
            ApiTypes apiTypes,
            Configuration configuration) {
        this.apiTypes = apiTypes;
        this.supergraph = supergraph;
        this.clientSchema = clientSchema;
        this.planner = new Planner(supergraph);
        this.limits = limits(configuration.limits());
        this.errors = errors(configuration.includeSubgraphErrors());
    }

    public static ParserLimits limits(Limits limits) {
        return new ParserLimits(
                limits.maxTokens(), limits.maxRecursion(), limits.maxRequestBytes());
    }

    private static ErrorPolicy errors(IncludeSubgraphErrors errors) {
        Map<String, ErrorPolicy.Rule> subgraphs = new HashMap<>();
        errors.subgraphs().forEach((name, each) -> subgraphs.put(name, rule(each)));
        return new ErrorPolicy(rule(errors.all()), subgraphs);
    }

    private static ErrorPolicy.Rule rule(SubgraphErrors errors) {
        return new ErrorPolicy.Rule(
                !errors.redactMessage(), Set.copyOf(errors.allowExtensionsKeys()));
    }

    /// @param sdl the text of the supergraph
    public static Outcome<Schema> read(String sdl, Configuration configuration) {
        return SupergraphReader.read(sdl)
                .then(supergraph -> {
                    var api = ApiSchema.of(supergraph);
                    return ClientSchema.of(api)
                            .then(client ->
                                    new Accepted<>(
                                            new Schema(
                                                    supergraph,
                                                    client,
                                                    ApiTypes.of(api),
                                                    configuration)));
                });
    }

    public Supergraph supergraph() {
        return supergraph;
    }

    public ClientSchema clientSchema() {
        return clientSchema;
    }

    /// The types that clients see.
    public ApiTypes apiTypes() {
        return apiTypes;
    }

    /// From a text to a plan, and how it came about.
    ///
    /// @param inputs with labels of progressive overrides; those that the operation does not meet
    ///   do no harm
    public Outcome<Explanation> explain(
            String query, @Nullable String operationName, PlanInputs inputs) {
        return normalize(new Text(query, operationName, false))
                .then(operation -> planner.explain(operation, inputs));
    }

    @Override
    public Outcome<NormalizedOperation> normalize(Text text) {
        return Parser.parseOperation(text.query(), limits)
                .then(this::validate)
                .then(document -> normalize(document, text));
    }

    private Outcome<NormalizedOperation> normalize(Document document, Text text) {
        return text.parts()
                ? planner.normalizeWithDefer(document, text.operationName())
                : planner.normalize(document, text.operationName());
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
                .then(plan -> new Accepted<>(Program.compile(plan, supergraph, errors)));
    }
}
