package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.trivium.testkit.Await;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

class DatabaseReadinessTest {
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final DatabaseReadiness readiness = new DatabaseReadiness(List.of(this::setUp));

    @Test
    void afterAnOutageNoFailureEndsTheAttempts() {
        failures.add(new DataAccessResourceFailureException("away"));
        failures.add(new IllegalStateException("no index"));
        readiness.start();
        assertThat(readiness.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        Await.until("the database is set up", readiness::isReady);
        assertThat(failures).isEmpty();
        readiness.stop();
    }

    @Test
    void aFailureThatIsNoOutageEndsTheStart() {
        failures.add(new IllegalStateException("no index"));
        assertThatIllegalStateException().isThrownBy(readiness::start);
        assertThat(readiness.isRunning()).isFalse();
    }

    private void setUp() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }
}
