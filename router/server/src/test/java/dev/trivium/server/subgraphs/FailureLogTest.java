package dev.trivium.server.subgraphs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.Failure.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private long now;
    private final List<String> lines = new ArrayList<>();
    private final FailureLog log = new FailureLog(() -> now, lines::add);

    @Test
    void writesOneLineForEachSubgraphAndReason() {
        for (int i = 0; i < 1_000; i++) {
            fail("stock", Kind.UNAVAILABLE);
            fail("stock", Kind.TIMEOUT);
            fail("items", Kind.UNAVAILABLE);
        }
        assertThat(lines)
                .containsExactly(
                        "Subgraph stock: UNAVAILABLE, failed",
                        "Subgraph stock: TIMEOUT, failed",
                        "Subgraph items: UNAVAILABLE, failed");
    }

    @Test
    void countsWhatItHasHeldBack() {
        for (int i = 0; i < 1_000; i++) {
            fail("stock", Kind.UNAVAILABLE);
        }
        now += FailureLog.PERIOD.toNanos() - 1;
        fail("stock", Kind.UNAVAILABLE);
        now++;
        fail("stock", Kind.UNAVAILABLE);
        now += FailureLog.PERIOD.toNanos();
        fail("stock", Kind.UNAVAILABLE);
        assertThat(lines)
                .containsExactly(
                        "Subgraph stock: UNAVAILABLE, failed",
                        "Subgraph stock: UNAVAILABLE, failed (and 1000 more since the last line)",
                        "Subgraph stock: UNAVAILABLE, failed");
    }

    @Test
    void namesTheInnermostCause() {
        var cause = new RuntimeException("outside", new IOException("connection refused"));
        log.add("stock", new Failure(Kind.UNAVAILABLE, "failed"), cause);
        assertThat(lines)
                .containsExactly(
                        "Subgraph stock: UNAVAILABLE, failed: "
                                + "java.io.IOException: connection refused");
    }

    private void fail(String subgraph, Kind kind) {
        log.add(subgraph, new Failure(kind, "failed"), null);
    }
}
