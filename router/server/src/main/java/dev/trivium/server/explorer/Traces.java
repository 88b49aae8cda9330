package dev.trivium.server.explorer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The traces of this process. One stays for a minute after it was last read or written.
public final class Traces {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MOST = 200;

    private final Cache<String, Trace> traces =
            Caffeine.newBuilder().expireAfterAccess(LIFETIME).maximumSize(MOST).build();

    Trace start(String name, Supplier<String> plan) {
        var trace = new Trace(plan, it -> traces.put(name, it));
        traces.put(name, trace);
        return trace;
    }

    @Nullable Trace find(String name) {
        return traces.getIfPresent(name);
    }
}
