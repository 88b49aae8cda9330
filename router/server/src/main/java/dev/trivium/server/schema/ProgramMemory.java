package dev.trivium.server.schema;

import dev.trivium.execution.Program;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;

/// What the caches of programs may take of the memory, in bytes. Clients choose what is cached, so
/// an entry counts with all that it holds, not with the length of its text.
public final class ProgramMemory {
    private static final long MEBIBYTE = 1024 * 1024;

    /// What an entry costs beside its key and its program.
    private static final int OVERHEAD = 1024;

    /// What an issue costs beside its message.
    private static final long ISSUE = 200;

    private ProgramMemory() {}

    /// The most that one cache holds: an eighth of the heap.
    public static long limit() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 8, 8 * MEBIBYTE, 128 * MEBIBYTE);
    }

    /// @param key the length of the key, in characters
    static int weigh(int key, Outcome<Program> outcome) {
        long value =
                switch (outcome) {
                    case Outcome.Accepted<Program>(var program) -> program.weight();
                    case Outcome.Rejected<Program>(var issues) ->
                            issues.stream().mapToLong(ProgramMemory::size).sum();
                };
        return Math.clamp(value + OVERHEAD + key, 0, Integer.MAX_VALUE);
    }

    /// An entry of texts alone.
    ///
    /// @param texts their length, in characters
    static int weigh(int texts) {
        return texts + OVERHEAD;
    }

    private static long size(Issue issue) {
        return ISSUE + issue.message().length();
    }
}
