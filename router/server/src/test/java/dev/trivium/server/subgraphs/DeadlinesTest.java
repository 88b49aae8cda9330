package dev.trivium.server.subgraphs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> last = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void passInTheirOrderUnlessCancelled() throws InterruptedException {
        onLoop(deadlines -> {
            deadlines.in(60, () -> last.add("late"));
            deadlines.in(20, () -> passed.add("first"));
            var middle = deadlines.in(20, () -> passed.add("cancelled"));
            var end = deadlines.in(20, () -> passed.add("cancelled too"));
            deadlines.in(20, () -> passed.add("fourth"));
            deadlines.in(5_000, () -> passed.add("not yet"));
            middle.cancel();
            end.cancel();
            end.cancel();
        });
        assertThat(last.poll(10, TimeUnit.SECONDS)).isEqualTo("late");
        assertThat(passed).containsExactly("first", "fourth");
    }

    @Test
    void oneThatIsSetWhenAnotherPassesPassesToo() throws InterruptedException {
        onLoop(deadlines -> {
            var only = deadlines.in(1, () -> passed.add("cancelled"));
            only.cancel();
            deadlines.in(10, () -> deadlines.in(10, () -> last.add("second")));
        });
        assertThat(last.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(passed).isEmpty();
    }

    @Test
    void oneThatFailsDoesNotHoldUpTheOthers() throws InterruptedException {
        onLoop(deadlines -> {
            deadlines.in(
                    10,
                    () -> {
                        throw new IllegalStateException("on purpose");
                    });
            deadlines.in(10, () -> last.add("second"));
        });
        assertThat(last.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
    }

    private interface Steps {
        void run(Deadlines deadlines);
    }

    private void onLoop(Steps steps) {
        var done = new CompletableFuture<Void>();
        vertx.getOrCreateContext()
                .runOnContext(_ -> {
                    steps.run(new Deadlines(vertx));
                    done.complete(null);
                });
        done.join();
    }
}
