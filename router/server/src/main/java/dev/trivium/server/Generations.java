package dev.trivium.server;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.PlanPrinter;
import dev.trivium.server.authentication.TokenVerifier;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.explorer.Traces;
import dev.trivium.server.explorer.Tracing;
import dev.trivium.server.persisted.Manifest;
import dev.trivium.server.schema.Operations;
import dev.trivium.server.schema.Operations.Text;
import dev.trivium.server.schema.ProgramMemory;
import dev.trivium.server.schema.Schema;
import dev.trivium.server.schema.SchemaIntrospector;
import dev.trivium.server.subgraphs.SubgraphTarget;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The current generation, and how the next one takes its place.
public final class Generations implements Supplier<Generation>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    /// Of the specifications that a router must not ignore, those that plans see to.
    private static final Set<String> ENFORCED = Set.of("context");

    /// How many texts the next generation knows before it serves.
    private static final int WARMED_UP = 500;

    private final ExecutorService workers;
    private final PersistedOperations persisted;
    private Schema schema;
    private volatile Generation current;

    /// That another generation serves.
    ///
    /// @param warmedUp the texts whose programs were made before
    /// @param broken those of them that the generation before could answer, and this one rejects
    public record Replaced(List<Text> warmedUp, List<Text> broken) {}

    /// @param schema as {@link #read} gives it
    Generations(
            Schema schema,
            RestApi rest,
            Configuration configuration,
            Vertx vertx,
            ExecutorService workers) {
        this.workers = workers;
        this.persisted = new PersistedOperations(configuration, vertx, workers);
        this.schema = schema;
        this.current =
                generation(
                        schema,
                        rest,
                        configuration,
                        new TokenVerifier(
                                configuration.jwtIssuers(),
                                new VertxKeyDocuments(vertx),
                                Clock.systemUTC()),
                        new Concurrency(configuration.trafficShaping().concurrencyLimit()),
                        new Traces());
    }

    /// Reads a supergraph that this router can serve.
    static Outcome<Schema> read(String sdl, Configuration configuration) {
        return Schema.read(sdl, configuration)
                .then(Generations::refuseUnknownFeatures)
                .then(schema -> SubgraphTarget.checked(schema, configuration));
    }

    /// A supergraph may link specifications that a router must enforce, such as who may read which
    /// field. To serve it without that would open what its authors have closed.
    private static Outcome<Schema> refuseUnknownFeatures(Schema schema) {
        var features = new TreeSet<>(schema.supergraph().requiredFeatures());
        features.removeAll(ENFORCED);
        if (features.isEmpty()) {
            return new Outcome.Accepted<>(schema);
        }
        var message =
                "the supergraph needs what this router does not enforce: "
                        + String.join(", ", features);
        return new Outcome.Rejected<>(new Issue("UNSUPPORTED_FEATURE", message, List.of()));
    }

    private Generation generation(
            Schema schema,
            RestApi rest,
            Configuration configuration,
            TokenVerifier tokens,
            Concurrency concurrency,
            Traces traces) {
        var subgraphs = SubgraphTarget.of(schema.supergraph(), configuration);
        var events =
                subgraphs.stream().map(each -> each.events(configuration.subscription())).toList();
        return new Generation(
                configuration,
                persisted.resolver(rest.manifest(), schema.clientSchema()),
                rest,
                new Operations(
                        schema,
                        workers,
                        ProgramMemory.limit(),
                        labels -> rollout(labels, configuration)),
                new SchemaIntrospector(schema.clientSchema(), workers),
                subgraphs,
                events,
                tokens,
                concurrency,
                new Tracing(
                        configuration.explorer(), traces, new PlanPrinter(schema.supergraph())));
    }

    private static PlanInputs rollout(Set<String> labels, Configuration configuration) {
        double draw = ThreadLocalRandom.current().nextDouble(100);
        return PlanInputs.decide(labels, draw, configuration.overrideLabels());
    }

    @Override
    public Generation get() {
        return current;
    }

    /// Puts a generation with another supergraph in the place of the current one, for the requests
    /// that follow; those under way end with the one that they began with. What clients send most
    /// is planned before, by the caller's thread and the workers.
    ///
    /// @return rejected if the supergraph is not valid; the current generation then stays
    synchronized Outcome<Replaced> replace(String sdl) {
        Generation before = current;
        return read(sdl, before.configuration())
                .then(read ->
                        rest(before.documents().manifest(), read, before.configuration())
                                .then(rest -> replace(before, read, rest)));
    }

    private Outcome<Replaced> replace(Generation before, Schema read, RestApi rest) {
        Generation next =
                generation(
                        read,
                        rest,
                        before.configuration(),
                        before.tokens(),
                        before.concurrency(),
                        before.tracing().traces());
        List<Text> known = before.operations().hottest(WARMED_UP);
        Replaced replaced = new Replaced(known, next.operations().warmUp(known));
        next.operations().warmUp(trusted(next));
        schema = read;
        current = next;
        return new Accepted<>(replaced);
    }

    /// Puts other trusted documents in the place of the current ones, for the requests that follow.
    ///
    /// @return rejected if they do not fit each other as endpoints; the current ones then stay
    synchronized Outcome<RestApi> replace(Manifest manifest) {
        return rest(manifest, schema, current.configuration())
                .then(rest -> {
                    current =
                            current.with(persisted.resolver(manifest, schema.clientSchema()), rest);
                    warmUpTrusted();
                    return new Accepted<>(rest);
                });
    }

    /// The endpoints of a manifest.
    static Outcome<RestApi> rest(Manifest manifest, Schema schema, Configuration configuration) {
        return RestApi.of(manifest, schema.apiTypes(), configuration.rest());
    }

    /// Plans the trusted documents before clients send their ids. Takes a while.
    ///
    /// @return those that the supergraph cannot answer
    List<Text> warmUpTrusted() {
        Generation generation = current;
        List<Text> wrong;
        try {
            wrong = generation.operations().warmUp(trusted(generation));
        } catch (RejectedExecutionException _) {
            // There is more important work, or the router stops.
            return List.of();
        }
        if (!wrong.isEmpty()) {
            LOG.warn(
                    "The supergraph cannot answer {} of the trusted documents, such as: {}",
                    wrong.size(),
                    wrong.getFirst().query());
        }
        return wrong;
    }

    private static List<Text> trusted(Generation generation) {
        return generation.documents().manifest().documents().stream()
                .limit(WARMED_UP)
                .map(document -> new Text(document.text(), null, false))
                .toList();
    }

    @Override
    public void close() {
        persisted.close();
    }
}
