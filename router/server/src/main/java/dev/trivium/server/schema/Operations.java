package dev.trivium.server.schema;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trivium.execution.Program;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.planner.NormalizedOperation;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Programs by the text that clients send.
///
/// Two caches, each bounded in bytes ({@link ProgramMemory}): what a text and a name are, good or
/// bad; and the program for an operation and those labels of progressive overrides that hold for a
/// request and that the operation can meet. Documents that differ only in how they are written
/// share one program. Both belong to one generation of the router, so that the supergraph and the
/// configuration are no part of their keys.
///
/// Keys are compared in full, never by a hash alone. What is missing is made once even when many
/// ask for it at the same time, on other threads than the event loops. An exception is not
/// remembered, nor is that there was no time to plan.
public final class Operations {
    private final Compiler compiler;
    private final Executor workers;
    private final Function<Set<String>, PlanInputs> rollout;
    private final AsyncCache<Text, Outcome<Known>> texts;
    private final AsyncCache<PlanKey, Outcome<Program>> programs;

    /// What a client sends.
    ///
    /// @param operationName which of the operations of the document, or null if there is only one
    /// @param parts whether what is deferred becomes a part of its own
    public record Text(String query, @Nullable String operationName, boolean parts) {}

    private record PlanKey(NormalizedOperation operation, PlanInputs inputs) {}

    /// What a text is.
    ///
    /// @param program where no labels are to be decided, else null
    private record Known(
            NormalizedOperation operation,
            Set<String> labels,
            @Nullable CompletableFuture<Outcome<Program>> program) {}

    /// From a text to a program.
    public interface Compiler {
        /// Parses, validates and normalizes.
        Outcome<NormalizedOperation> normalize(Text text);

        /// The labels of progressive overrides that an operation can meet.
        Set<String> labels(NormalizedOperation operation);

        /// Plans and compiles.
        Outcome<Program> compile(NormalizedOperation operation, PlanInputs inputs);
    }

    /// @param workers where everything is made; may refuse work when there is too much of it
    /// @param mostBytes of all that one cache remembers
    /// @param rollout decides, for each request anew, which of the labels that it meets hold
    public Operations(
            Compiler compiler,
            Executor workers,
            long mostBytes,
            Function<Set<String>, PlanInputs> rollout) {
        this.compiler = compiler;
        this.workers = workers;
        this.rollout = rollout;
        this.texts =
                Caffeine.newBuilder()
                        .executor(workers)
                        .maximumWeight(mostBytes)
                        .weigher((Text text, Outcome<Known> known) -> weigh(text, known))
                        .buildAsync();
        this.programs =
                Caffeine.newBuilder()
                        .executor(workers)
                        .maximumWeight(mostBytes)
                        .weigher((PlanKey key, Outcome<Program> outcome) ->
                                ProgramMemory.weigh(key.operation().text().length(), outcome))
                        .buildAsync();
    }

    private static int weigh(Text text, Outcome<Known> outcome) {
        int length = text.query().length();
        return switch (outcome) {
            case Rejected<Known>(var issues) -> ProgramMemory.weigh(length, new Rejected<>(issues));
            case Accepted<Known>(var known) ->
                    known.program() == null
                            ? ProgramMemory.weigh(length + known.operation().text().length())
                            : ProgramMemory.weigh(length, known.program().join());
        };
    }

    /// @throws RejectedExecutionException if too many documents wait already
    public CompletableFuture<Outcome<Program>> find(Text text) {
        CompletableFuture<Outcome<Known>> found = texts.get(text, this::know);
        if (found.isDone()
                && !found.isCompletedExceptionally()
                && found.join() instanceof Accepted<Known>(var known)
                && known.program() != null) {
            return known.program();
        }
        return found.thenCompose(outcome -> program(text, outcome));
    }

    private Outcome<Known> know(Text text) {
        return compiler.normalize(text)
                .then(operation -> {
                    Set<String> labels = compiler.labels(operation);
                    if (!labels.isEmpty()) {
                        return new Accepted<>(new Known(operation, labels, null));
                    }
                    PlanKey key = new PlanKey(operation, PlanInputs.NONE);
                    Outcome<Program> program = program(key, Runnable::run).join();
                    return new Accepted<>(
                            new Known(
                                    operation, labels, CompletableFuture.completedFuture(program)));
                });
    }

    private CompletableFuture<Outcome<Program>> program(Text text, Outcome<Known> outcome) {
        return switch (outcome) {
            case Rejected<Known>(var issues) ->
                    CompletableFuture.completedFuture(new Rejected<>(issues));
            case Accepted<Known>(var known) -> {
                CompletableFuture<Outcome<Program>> program = known.program();
                if (program == null) {
                    PlanInputs inputs = rollout.apply(known.labels());
                    yield program(new PlanKey(known.operation(), inputs), workers);
                }
                if (isTransient(program.join())) {
                    texts.synchronous().invalidate(text);
                }
                yield program;
            }
        };
    }

    private CompletableFuture<Outcome<Program>> program(PlanKey key, Executor executor) {
        var made = new CompletableFuture<Outcome<Program>>();
        CompletableFuture<Outcome<Program>> other = programs.asMap().putIfAbsent(key, made);
        if (other != null) {
            return other;
        }
        try {
            executor.execute(() -> make(key, made));
        } catch (RejectedExecutionException full) {
            programs.asMap().remove(key, made);
            made.completeExceptionally(full);
        }
        return made;
    }

    private void make(PlanKey key, CompletableFuture<Outcome<Program>> program) {
        try {
            Outcome<Program> outcome = compiler.compile(key.operation(), key.inputs());
            if (isTransient(outcome)) {
                programs.asMap().remove(key, program);
            }
            program.complete(outcome);
        } catch (RuntimeException | Error bug) {
            programs.asMap().remove(key, program);
            program.completeExceptionally(bug);
        }
    }

    private static boolean isTransient(Outcome<Program> outcome) {
        return outcome instanceof Rejected<Program>(var issues)
                && issues.stream().anyMatch(it -> it.code().equals(Planner.PLANNING_TIMEOUT));
    }

    /// The texts that clients send most, without those that are wrong.
    ///
    /// @param most how many at most
    public List<Text> hottest(int most) {
        return texts.synchronous()
                .policy()
                .eviction()
                .map(eviction -> valid(eviction.hottest(most)))
                .orElse(List.of());
    }

    private static List<Text> valid(Map<Text, Outcome<Known>> texts) {
        return texts.entrySet().stream()
                .filter(it -> it.getValue() instanceof Accepted)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Makes the programs for some texts before clients send them: one after the other, so that
    /// requests find the workers free. Waits for them.
    ///
    /// @return the texts that are wrong
    /// @throws RejectedExecutionException if the workers have too much to do
    public List<Text> warmUp(List<Text> known) {
        List<Text> wrong = new ArrayList<>();
        for (Text text : known) {
            if (find(text).join() instanceof Rejected) {
                wrong.add(text);
            }
        }
        return wrong;
    }
}
