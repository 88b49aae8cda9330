package dev.trivium.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private static final int WRITERS = 10;

    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    @Test
    void changesThatWaitForOneCommitShareTheNext() throws Exception {
        CountDownLatch firstCommit = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit group =
                new GroupCommit(() -> {
                    if (commits.incrementAndGet() == 1) {
                        firstCommit.countDown();
                        awaitUninterrupted(goOn);
                    }
                });
        List<Thread> writers = new ArrayList<>();
        writers.add(Thread.ofPlatform().start(() -> group.change(() -> "first")));
        firstCommit.await();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofPlatform().start(() -> group.change(() -> "other")));
        }
        Await.until(() -> writers.stream().allMatch(w -> w.getState() == Thread.State.WAITING));
        goOn.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(commits).hasValue(2);
    }

    @Test
    void aCommitNeverFallsIntoAChange() throws Exception {
        List<Integer> seen = new ArrayList<>();
        GroupCommit group = new GroupCommit(() -> seen.add(underWay.get()));
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int n = 0; n < 200; n++) {
                                    int _ = group.change(this::aChangeInTwoSteps);
                                }
                            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(seen).isNotEmpty().containsOnly(0);
    }

    private int aChangeInTwoSteps() {
        underWay.incrementAndGet();
        LockSupport.parkNanos(1_000);
        return underWay.decrementAndGet();
    }

    @Test
    void whatAFailedChangeDidIsCommittedBeforeItFails() {
        GroupCommit group = new GroupCommit(commits::incrementAndGet);
        assertThatThrownBy(() ->
                        group.change(() -> {
                            throw new IllegalStateException("half done");
                        }))
                .hasMessage("half done");
        assertThat(commits).hasValue(1);
    }

    @Test
    void readsWithoutChangesCommitNothing() {
        GroupCommit group = new GroupCommit(commits::incrementAndGet);
        assertThat(group.read(() -> "value")).isEqualTo("value");
        assertThat(commits).hasValue(0);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
