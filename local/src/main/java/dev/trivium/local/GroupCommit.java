package dev.trivium.local;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// Makes changes durable before they are acknowledged; changes that wait together share one commit.
///
/// A commit never sees half of a change: changes hold the lock shared, a commit holds it alone.
final class GroupCommit {
    private final Runnable commit;
    private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock(true);
    private final ReentrantLock committing = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private volatile long committed;

    GroupCommit(Runnable commit) {
        this.commit = commit;
    }

    /// Runs a change and returns, or throws, once everything it wrote is committed.
    <T> T change(Supplier<T> change) {
        changing.readLock().lock();
        long mine;
        try {
            // Counted before it writes: a read that sees a part of it waits for its commit.
            changes.incrementAndGet();
            return change.get();
        } finally {
            mine = changes.get();
            changing.readLock().unlock();
            awaitCommit(mine);
        }
    }

    /// Runs a read and returns once everything it can have seen is committed.
    <T> T read(Supplier<T> read) {
        T answer = read.get();
        awaitCommit(changes.get());
        return answer;
    }

    /// Runs an action while no change and no commit is under way.
    void exclusively(Runnable action) {
        committing.lock();
        changing.writeLock().lock();
        try {
            action.run();
        } finally {
            changing.writeLock().unlock();
            committing.unlock();
        }
    }

    /// How many changes have begun so far.
    long changes() {
        return changes.get();
    }

    private void awaitCommit(long change) {
        if (committed >= change) {
            return;
        }
        committing.lock();
        try {
            if (committed < change) {
                exclusively(this::commitAll);
            }
        } finally {
            committing.unlock();
        }
    }

    private void commitAll() {
        commit.run();
        committed = changes.get();
    }
}
