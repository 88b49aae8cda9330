package dev.trivium.events.adapter;

import com.netflix.graphql.dgs.DgsDataLoader;
import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.Events;
import dev.trivium.events.domain.Viewer;
import dev.trivium.starter.Caller;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.MappedBatchLoaderWithContext;

/// Reads the events of a request that the caller may see with one query.
@DgsDataLoader(name = EventLoader.NAME)
final class EventLoader implements MappedBatchLoaderWithContext<String, Event> {
    static final String NAME = "events";

    private final Events events;

    EventLoader(Events events) {
        this.events = events;
    }

    @Override
    public CompletionStage<Map<String, Event>> load(
            Set<String> ids, BatchLoaderEnvironment environment) {
        var viewer = new Viewer(Caller.of(environment).userId());
        return CompletableFuture.completedFuture(
                events.find(viewer, ids).stream()
                        .collect(Collectors.toMap(Event::id, Function.identity())));
    }
}
