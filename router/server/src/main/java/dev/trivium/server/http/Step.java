package dev.trivium.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a step of the pipeline came to.
public sealed interface Step<T> {

    /// The next step can use a value.
    record Next<T>(T value) implements Step<T> {}

    /// The client is refused; no further step runs.
    record Refuse<T>(Refusal refusal) implements Step<T> {}

    /// It is not known yet.
    ///
    /// @param step completed on the event loop of the request
    record Later<T>(CompletionStage<Step<T>> step) implements Step<T> {}

    /// Waits for work that is done elsewhere, and comes back to the loop.
    static <V, T> Step<T> after(
            CompletableFuture<V> work, Executor loop, Function<? super V, Step<T>> next) {
        if (work.state() == Future.State.SUCCESS) {
            return next.apply(work.resultNow());
        }
        // Failures come back to the loop as well, so that nothing else ever writes a response.
        var back = new CompletableFuture<V>();
        var _ =
                work.whenComplete((value, failure) ->
                        loop.execute(() -> {
                            if (failure == null) {
                                back.complete(value);
                            } else {
                                back.completeExceptionally(failure);
                            }
                        }));
        return new Later<>(back.thenApply(next));
    }

    default <R> Step<R> then(Function<? super T, Step<R>> next) {
        return switch (this) {
            case Next<T>(var value) -> next.apply(value);
            case Refuse<T>(var refusal) -> new Refuse<>(refusal);
            case Later<T>(var step) ->
                    new Later<>(
                            step.thenCompose(reached ->
                                    switch (reached.then(next)) {
                                        case Later<R>(var later) -> later;
                                        case Step<R> known ->
                                                CompletableFuture.completedFuture(known);
                                    }));
        };
    }

    /// The end of a pipeline.
    ///
    /// @param failed called where something threw an exception later on
    default void finish(
            Consumer<? super T> done, Consumer<Refusal> refused, Consumer<Throwable> failed) {
        switch (this) {
            case Next<T>(var value) -> done.accept(value);
            case Refuse<T>(var refusal) -> refused.accept(refusal);
            case Later<T>(var step) -> {
                var _ =
                        step.thenAccept(reached -> reached.finish(done, refused, failed))
                                .exceptionally(failure -> {
                                    failed.accept(failure);
                                    return null;
                                });
            }
        }
    }
}
