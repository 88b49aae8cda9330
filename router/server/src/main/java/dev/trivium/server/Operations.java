package dev.trivium.server;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trivium.execution.Program;
import dev.trivium.language.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Programs by the text that clients send.
///
/// Keys are compared in full, never by a hash alone. What a document turned out to be, good or bad,
/// is computed once even when many ask for it at the same time; all of it happens on other threads
/// than the event loops. The memory is bounded ({@link ProgramMemory}).
final class Operations {
    private final Compiler compiler;
    private final AsyncCache<Key, Outcome<Program>> programs;

    private record Key(String query, @Nullable String operationName) {}

    /// From a text to a program: parses, validates, plans.
    @FunctionalInterface
    interface Compiler {
        Outcome<Program> compile(String query, @Nullable String operationName);
    }

    /// @param workers where compilation happens; may refuse work when there is too much of it
    /// @param mostBytes of all that is remembered
    Operations(Compiler compiler, Executor workers, long mostBytes) {
        this.compiler = compiler;
        this.programs =
                Caffeine.newBuilder()
                        .executor(workers)
                        .maximumWeight(mostBytes)
                        .weigher((Key key, Outcome<Program> outcome) ->
                                ProgramMemory.weigh(key.query().length(), outcome))
                        .buildAsync();
    }

    /// @throws java.util.concurrent.RejectedExecutionException if too many documents wait already
    CompletableFuture<Outcome<Program>> find(String query, @Nullable String operationName) {
        return programs.get(
                new Key(query, operationName),
                key -> compiler.compile(key.query(), key.operationName()));
    }
}
