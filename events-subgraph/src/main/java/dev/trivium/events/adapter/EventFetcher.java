package dev.trivium.events.adapter;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsData;
import com.netflix.graphql.dgs.DgsDataFetchingEnvironment;
import com.netflix.graphql.dgs.DgsEntityFetcher;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.InputArgument;
import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.EventFilter;
import dev.trivium.events.domain.Events;
import dev.trivium.events.domain.Viewer;
import dev.trivium.starter.Caller;
import dev.trivium.starter.Connection;
import dev.trivium.starter.EntityKeys;
import dev.trivium.starter.PageRequest;
import dev.trivium.starter.ProblemException;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/// Shows events to those who may see them.
///
/// Public, as its entity fetchers are, because DGS calls those by plain reflection.
@DgsComponent
public final class EventFetcher {
    private final Events events;

    EventFetcher(Events events) {
        this.events = events;
    }

    @DgsQuery
    CompletableFuture<Optional<Event>> event(
            @InputArgument String id, DataFetchingEnvironment environment) {
        return load(id, environment);
    }

    @DgsQuery
    Connection<Event> events(
            @InputArgument @Nullable Integer first,
            @InputArgument @Nullable String after,
            @InputArgument @Nullable EventFilter filter,
            Caller caller) {
        PageRequest request = EventLists.request(first, after);
        EventFilter conditions = filter == null ? EventFilter.ALL : filter;
        conditions
                .violation()
                .ifPresent(violation -> {
                    throw ProblemException.badUserInput(violation.field(), violation.rule());
                });
        List<Event> found =
                events.list(new Viewer(caller.userId()), conditions, EventLists.page(request));
        return EventLists.connection(found, request);
    }

    @DgsEntityFetcher(name = "Event")
    public CompletableFuture<Optional<Event>> event(
            Map<String, Object> representation, DgsDataFetchingEnvironment environment) {
        return load(EntityKeys.id("Event", representation), environment);
    }

    @DgsEntityFetcher(name = "User")
    public User user(Map<String, Object> representation) {
        return new User(EntityKeys.id("User", representation));
    }

    @DgsData(parentType = "Event")
    User creator(DataFetchingEnvironment environment) {
        Event event = Objects.requireNonNull(environment.<Event>getSource());
        return new User(event.creatorId());
    }

    @DgsData(parentType = "User", field = "events")
    CompletableFuture<Connection<Event>> eventsOfUser(
            @InputArgument @Nullable Integer first,
            @InputArgument @Nullable String after,
            DataFetchingEnvironment environment) {
        PageRequest request = EventLists.request(first, after);
        User user = Objects.requireNonNull(environment.<User>getSource());
        DataLoader<UserEventsLoader.Key, List<Event>> loader =
                Objects.requireNonNull(environment.getDataLoader(UserEventsLoader.NAME));
        return loader.load(new UserEventsLoader.Key(user.id(), request))
                .thenApply(found -> EventLists.connection(found, request));
    }

    private static CompletableFuture<Optional<Event>> load(
            String id, DataFetchingEnvironment environment) {
        DataLoader<String, Event> loader =
                Objects.requireNonNull(environment.getDataLoader(EventLoader.NAME));
        return loader.load(id).thenApply(Optional::ofNullable);
    }
}
