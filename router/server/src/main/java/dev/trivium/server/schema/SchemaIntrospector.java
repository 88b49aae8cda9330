package dev.trivium.server.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trivium.execution.Introspector;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.language.ClientSchema;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers introspection on the worker threads, and remembers what tools ask again and again.
public final class SchemaIntrospector implements Introspector {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaIntrospector.class);
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final ClientSchema schema;
    private final AsyncCache<Key, byte[]> answers;

    private record Key(String operation, String variables) {}

    public SchemaIntrospector(ClientSchema schema, Executor workers) {
        this.schema = schema;
        this.answers =
                Caffeine.newBuilder()
                        .executor(workers)
                        .maximumWeight(MOST_BYTES)
                        .weigher((Key key, byte[] answer) ->
                                answer.length + key.operation().length() + key.variables().length())
                        .buildAsync();
    }

    @Override
    public Call introspect(String operation, byte[] variables, ResponseSink sink) {
        var cancelled = new AtomicBoolean();
        var loop = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        CompletableFuture<byte[]> answer;
        try {
            answer = answers.get(new Key(operation, new String(variables, UTF_8)), this::answer);
        } catch (RejectedExecutionException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var _ =
                answer.whenComplete((bytes, failure) ->
                        loop.runOnContext(_ -> {
                            if (!cancelled.get()) {
                                hand(sink, bytes, failure);
                            }
                        }));
        return () -> cancelled.set(true);
    }

    private static void hand(
            ResponseSink sink, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (bytes == null) {
            LOG.error("Introspection failed", failure);
            sink.failed(new Failure(Kind.UNAVAILABLE, "introspection is not available"));
        } else {
            sink.answered(200, bytes.clone());
        }
    }

    private byte[] answer(Key key) {
        return switch (Parser.parseOperation(key.operation(), ParserLimits.DEFAULT)) {
            case Outcome.Accepted<Document>(var document) ->
                    schema.introspect(document, null, variables(key.variables()));
            case Outcome.Rejected<Document>(var issues) ->
                    throw new IllegalStateException("the planner wrote no document: " + issues);
        };
    }

    private static Map<String, @Nullable Object> variables(String json) {
        return json.isBlank() ? Map.of() : new HashMap<>(new JsonObject(json).getMap());
    }
}
