package dev.trivium.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads for what takes too long for an event loop: parsing, validation, planning.
final class Workers {
    private static final int LONGEST_QUEUE = 1_000;

    /// The passes recurse as deep as a document nests, which the parser limits.
    private static final long STACK_BYTES = 4L * 1024 * 1024;

    private Workers() {}

    /// As many daemon threads as there are cores; refuses work when a thousand items wait.
    static ExecutorService start() {
        int cores = Runtime.getRuntime().availableProcessors();
        var count = new AtomicInteger();
        var pool =
                new ThreadPoolExecutor(
                        cores,
                        cores,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(LONGEST_QUEUE),
                        work -> {
                            var name = "planning-" + count.incrementAndGet();
                            var thread = new Thread(null, work, name, STACK_BYTES);
                            thread.setDaemon(true);
                            return thread;
                        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
