package dev.trivium.server.subgraphs;

import dev.trivium.execution.SubgraphClient.Failure;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down that calls of subgraphs fail: of those to one subgraph for one reason, one line in
/// ten seconds, with the number of those that had none. A subgraph that is down fails thousands of
/// calls a second. For all threads.
public final class FailureLog {
    static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private final LongSupplier nanoTime;
    private final Consumer<String> out;
    private final ConcurrentMap<Key, Written> last = new ConcurrentHashMap<>();

    private record Key(String subgraph, Failure.Kind kind) {}

    /// What was written last.
    ///
    /// @param heldBack how many failures since then had no line
    private record Written(long nanos, int heldBack, @Nullable String line) {}

    public FailureLog() {
        this(System::nanoTime, LOG::warn);
    }

    public FailureLog(LongSupplier nanoTime, Consumer<String> out) {
        this.nanoTime = nanoTime;
        this.out = out;
    }

    /// @param cause what lies behind it; null if the failure says it all
    public void add(String subgraph, Failure failure, @Nullable Throwable cause) {
        var key = new Key(subgraph, failure.kind());
        long now = nanoTime.getAsLong();
        var written =
                last.compute(
                        key,
                        (_, before) -> {
                            if (before == null) {
                                return new Written(now, 0, line(key, failure, cause, 0));
                            }
                            return now - before.nanos < PERIOD.toNanos()
                                    ? new Written(before.nanos, before.heldBack + 1, null)
                                    : new Written(
                                            now, 0, line(key, failure, cause, before.heldBack));
                        });
        if (written.line != null) {
            out.accept(written.line);
        }
    }

    private static String line(Key key, Failure failure, @Nullable Throwable cause, int heldBack) {
        var line = new StringBuilder("Subgraph ").append(key.subgraph);
        line.append(": ").append(key.kind).append(", ").append(failure.message());
        if (cause != null) {
            line.append(": ").append(innermost(cause));
        }
        if (heldBack > 0) {
            line.append(" (and ").append(heldBack).append(" more since the last line)");
        }
        return line.toString();
    }

    /// What a handshake has failed for is often several causes below.
    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < 10 && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
