package dev.trivium.events.adapter;

import com.netflix.graphql.dgs.DgsDataLoader;
import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.Events;
import dev.trivium.events.domain.Viewer;
import dev.trivium.starter.Caller;
import dev.trivium.starter.PageRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.MappedBatchLoaderWithContext;

/// Reads the same page of the events of many users with one query.
@DgsDataLoader(name = UserEventsLoader.NAME)
final class UserEventsLoader
        implements MappedBatchLoaderWithContext<UserEventsLoader.Key, List<Event>> {
    static final String NAME = "userEvents";

    private final Events events;

    UserEventsLoader(Events events) {
        this.events = events;
    }

    record Key(String userId, PageRequest page) {}

    @Override
    public CompletionStage<Map<Key, List<Event>>> load(
            Set<Key> keys, BatchLoaderEnvironment environment) {
        var viewer = new Viewer(Caller.of(environment).userId());
        Map<PageRequest, Set<String>> usersOfPage =
                keys.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Key::page,
                                        Collectors.mapping(Key::userId, Collectors.toSet())));
        Map<Key, List<Event>> found = new HashMap<>();
        usersOfPage.forEach((page, users) -> {
            var byCreator = events.listByCreator(viewer, users, EventLists.page(page));
            for (String user : users) {
                found.put(new Key(user, page), byCreator.getOrDefault(user, List.of()));
            }
        });
        return CompletableFuture.completedFuture(found);
    }
}
