package dev.trivium.starter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;

/// The streams that this instance holds, each of one owner, and what they are told. An event that
/// comes again is told once.
///
/// A stream whose client does not take its events ends with `SUBSCRIPTION_SLOW_CONSUMER` once too
/// many wait; it slows nobody else. When the service stops, all streams complete.
///
/// @param <T> an event
public final class EventStreams<T> implements SmartLifecycle {
    private static final int MOST_WAITING = 64;
    private static final int MOST_STREAMS_OF_AN_OWNER = 50;
    private static final int REMEMBERED = 10_000;

    private final Map<String, Set<Sinks.Many<T>>> streams = new HashMap<>();

    /// The ids of what came last.
    private final Set<String> known =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    private volatile boolean running;

    /// What happens to an owner from the moment of the subscription on.
    public Flux<T> of(String owner) {
        return Flux.defer(() -> {
            Sinks.Many<T> stream =
                    Sinks.many()
                            .unicast()
                            .onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_WAITING));
            add(owner, stream);
            return stream.asFlux().doFinally(_ -> remove(owner, stream));
        });
    }

    private synchronized void add(String owner, Sinks.Many<T> stream) {
        Set<Sinks.Many<T>> own = streams.computeIfAbsent(owner, _ -> new HashSet<>());
        if (own.size() == MOST_STREAMS_OF_AN_OWNER) {
            throw ProblemException.tooManyStreams();
        }
        own.add(stream);
    }

    private synchronized void remove(String owner, Sinks.Many<T> stream) {
        Set<Sinks.Many<T>> own = streams.get(owner);
        if (own != null && own.remove(stream) && own.isEmpty()) {
            streams.remove(owner);
        }
    }

    /// Those who have streams here.
    public synchronized Set<String> owners() {
        return Set.copyOf(streams.keySet());
    }

    /// Tells an event to the streams of its owner.
    ///
    /// @param id of the event
    public void tell(String owner, String id, T event) {
        List<Sinks.Many<T>> slow = new ArrayList<>();
        synchronized (this) {
            if (!known.add(id)) {
                return;
            }
            for (Sinks.Many<T> stream : streams.getOrDefault(owner, Set.of())) {
                if (stream.tryEmitNext(event) == EmitResult.FAIL_OVERFLOW) {
                    slow.add(stream);
                }
            }
        }
        for (Sinks.Many<T> stream : slow) {
            remove(owner, stream);
            // Whether it is told or has gone meanwhile, nothing is left to do.
            EmitResult _ = stream.tryEmitError(ProblemException.tooSlow());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /// Comes before the server waits for the requests under way, which these streams are.
    @Override
    public void stop() {
        running = false;
        List<Sinks.Many<T>> open = new ArrayList<>();
        synchronized (this) {
            streams.values().forEach(open::addAll);
            streams.clear();
        }
        for (Sinks.Many<T> stream : open) {
            EmitResult _ = stream.tryEmitComplete();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
