package dev.trivium.starter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;

/// Publishes the events that wait in aggregates' documents and then removes them.
///
/// An aggregate with new events comes here through memory ([#wake]). Whatever a crash, a full queue
/// or an outage of the broker left behind is found by polling for documents whose `outboxDueAt` has
/// passed; taking one over moves that time, so that the other instances leave it alone meanwhile.
///
/// Nothing is lost: an event is removed only after the broker confirmed it, and `outboxDueAt` only
/// where no event is left. An event may be published twice (a crash between confirmation and
/// removal, two instances): consumers know it by its id. Events of one aggregate leave in the order
/// of its versions unless an earlier one failed.
final class OutboxRelay implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH = 64;
    private static final int QUEUE = 10_000;
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Aggregate STOP = new Aggregate("", "");

    /// A document that may hold pending events.
    record Aggregate(String collection, String id) {}

    private record Pending(String id, List<DomainEvent> events) {}

    private final MongoOperations mongo;
    private final EventPublisher publisher;
    private final SubgraphProperties.Outbox settings;
    private final Set<String> collections = new CopyOnWriteArraySet<>();
    private final BlockingQueue<Aggregate> woken = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean running;
    private boolean failing;
    private @Nullable Thread thread;

    OutboxRelay(
            MongoOperations mongo, EventPublisher publisher, SubgraphProperties.Outbox settings) {
        this.mongo = mongo;
        this.publisher = publisher;
        this.settings = settings;
    }

    Duration headStart() {
        return settings.headStart();
    }

    /// Includes a collection in the polling.
    void watch(String collection) {
        collections.add(collection);
    }

    /// Announces new events. Never blocks: where the queue is full, polling finds them.
    void wake(Aggregate aggregate) {
        boolean _ = woken.offer(aggregate);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("outbox-relay").start(this::run);
    }

    /// Lets the batch under way finish; what is left stays in the database.
    @Override
    public void stop() {
        running = false;
        wake(STOP);
        try {
            if (thread != null && !thread.join(settings.confirmTimeout())) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Starts after the database is set up; stops after the web server, whose last requests still
    /// record events.
    @Override
    public int getPhase() {
        return 1;
    }

    private void run() {
        Instant nextPoll = Instant.now();
        while (running) {
            try {
                Set<Aggregate> batch = takeWoken(Duration.between(Instant.now(), nextPoll));
                boolean polls = !Instant.now().isBefore(nextPoll);
                int taken = polls ? takeOverDue(batch) : 0;
                drain(batch);
                // There may be more than a batch; while the broker takes nothing, that can wait.
                if (polls && (taken < BATCH || failing)) {
                    nextPoll = Instant.now().plus(settings.pollInterval());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                report(e);
                nextPoll = Instant.now().plus(settings.pollInterval());
            }
        }
    }

    private Set<Aggregate> takeWoken(Duration patience) throws InterruptedException {
        Set<Aggregate> batch = new LinkedHashSet<>();
        Aggregate first = woken.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            woken.drainTo(batch, BATCH - 1);
        }
        batch.remove(STOP);
        return batch;
    }

    private int takeOverDue(Set<Aggregate> batch) {
        int taken = 0;
        for (String collection : collections) {
            @Nullable Document due = takeOver(collection);
            while (due != null) {
                batch.add(new Aggregate(collection, due.getString(OutboxFields.ID)));
                due = ++taken < BATCH ? takeOver(collection) : null;
            }
        }
        return taken;
    }

    private @Nullable Document takeOver(String collection) {
        Instant now = Instant.now();
        return mongo.getCollection(collection)
                .findOneAndUpdate(
                        lte(OutboxFields.DUE_AT, Date.from(now)),
                        set(OutboxFields.DUE_AT, Date.from(now.plus(LEASE))),
                        new FindOneAndUpdateOptions()
                                .sort(Sorts.ascending(OutboxFields.DUE_AT))
                                .projection(Projections.include(OutboxFields.ID)));
    }

    /// Publishes what waits in these documents.
    void drain(Set<Aggregate> batch) {
        for (String collection : collections) {
            List<String> ids =
                    batch.stream()
                            .filter(aggregate -> aggregate.collection().equals(collection))
                            .map(Aggregate::id)
                            .toList();
            if (!ids.isEmpty()) {
                drain(mongo.getCollection(collection), ids);
            }
        }
    }

    private void drain(MongoCollection<Document> collection, List<String> ids) {
        List<Pending> batch = new ArrayList<>();
        collection
                .find(in(OutboxFields.ID, ids))
                .projection(Projections.include(OutboxFields.OUTBOX))
                .forEach(document ->
                        batch.add(
                                new Pending(
                                        document.getString(OutboxFields.ID),
                                        OutboxFields.pending(document))));
        List<DomainEvent> events = batch.stream().flatMap(p -> p.events().stream()).toList();
        Set<String> confirmed = events.isEmpty() ? Set.of() : publisher.publish(events);
        report(events.size() - confirmed.size());

        List<WriteModel<Document>> removals = new ArrayList<>();
        for (Pending pending : batch) {
            removals.addAll(removals(pending, confirmed));
        }
        if (!removals.isEmpty()) {
            collection.bulkWrite(removals);
        }
    }

    private static List<WriteModel<Document>> removals(Pending pending, Set<String> confirmed) {
        List<String> done =
                pending.events().stream()
                        .map(DomainEvent::eventId)
                        .filter(confirmed::contains)
                        .toList();
        if (done.isEmpty() && !pending.events().isEmpty()) {
            return List.of();
        }
        Bson document = eq(OutboxFields.ID, pending.id());
        return List.of(
                new UpdateOneModel<>(
                        document, pull(OutboxFields.OUTBOX, in(OutboxFields.EVENT_ID, done))),
                new UpdateOneModel<>(
                        and(document, size(OutboxFields.OUTBOX, 0)), unset(OutboxFields.DUE_AT)));
    }

    private void report(int unconfirmed) {
        if (unconfirmed > 0 && !failing) {
            failing = true;
            log.warn("{} events found no queue or no broker: they wait in the outbox", unconfirmed);
        } else if (unconfirmed == 0 && failing) {
            failing = false;
            log.info("Events flow again");
        }
    }

    private void report(RuntimeException e) {
        if (!running) {
            return;
        }
        if (!Outages.isOutage(e)) {
            log.error("The outbox relay failed; it goes on", e);
        } else if (!failing) {
            failing = true;
            log.warn("Events wait in the outbox: {}", e.toString());
        }
    }
}
