package dev.trivium.notifications.adapter;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsData;
import com.netflix.graphql.dgs.DgsDataFetchingEnvironment;
import com.netflix.graphql.dgs.DgsEntityFetcher;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.DgsSubscription;
import com.netflix.graphql.dgs.InputArgument;
import dev.trivium.notifications.domain.Notification;
import dev.trivium.notifications.domain.NotificationPage;
import dev.trivium.notifications.domain.Notifications;
import dev.trivium.notifications.domain.Place;
import dev.trivium.starter.Caller;
import dev.trivium.starter.Connection;
import dev.trivium.starter.Cursors;
import dev.trivium.starter.EntityKeys;
import dev.trivium.starter.EventStreams;
import dev.trivium.starter.PageRequest;
import dev.trivium.starter.Position;
import dev.trivium.starter.ProblemException;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// Shows each user their notifications. The domain's [Notification] is the GraphQL type of that
/// name.
///
/// Public, as its entity fetchers are, because DGS calls those by plain reflection.
@DgsComponent
public final class NotificationFetcher {
    private static final Cursors CURSORS = new Cursors("notifications.newestFirst");

    private final Notifications notifications;
    private final EventStreams<Notification> streams;

    NotificationFetcher(Notifications notifications, EventStreams<Notification> streams) {
        this.notifications = notifications;
        this.streams = streams;
    }

    record MarkNotificationReadPayload(Notification notification) {}

    @DgsQuery
    CompletableFuture<Optional<Notification>> notification(
            @InputArgument String id, DataFetchingEnvironment environment) {
        return load(id, environment);
    }

    @DgsMutation
    MarkNotificationReadPayload markNotificationRead(@InputArgument String id, Caller caller) {
        return notifications
                .markRead(caller.require(), id)
                .map(MarkNotificationReadPayload::new)
                .orElseThrow(() -> ProblemException.notFound("You have no such notification."));
    }

    @DgsSubscription
    Publisher<Notification> notificationReceived(Caller caller) {
        return streams.of(caller.require());
    }

    @DgsEntityFetcher(name = "Notification")
    public CompletableFuture<Optional<Notification>> notification(
            Map<String, Object> representation, DgsDataFetchingEnvironment environment) {
        return load(EntityKeys.id("Notification", representation), environment);
    }

    @DgsEntityFetcher(name = "User")
    public User user(Map<String, Object> representation) {
        return new User(EntityKeys.id("User", representation));
    }

    @DgsData(parentType = "Notification")
    @Nullable Event event(DataFetchingEnvironment environment) {
        Notification source = Objects.requireNonNull(environment.<Notification>getSource());
        return source.eventId() == null ? null : new Event(source.eventId());
    }

    /// One query for each request at most: only the caller's own are asked for.
    @DgsData(parentType = "User", field = "notifications")
    @Nullable Connection<Notification> notificationsOfUser(
            @InputArgument @Nullable Integer first,
            @InputArgument @Nullable String after,
            @InputArgument @Nullable Boolean unreadOnly,
            Caller caller,
            DataFetchingEnvironment environment) {
        PageRequest request = PageRequest.of(first, after, CURSORS);
        String user = user(environment);
        if (!caller.is(user)) {
            return null;
        }
        Position position = request.after();
        var page =
                new NotificationPage(
                        position == null ? null : new Place(position.at(), position.id()),
                        request.lookahead(),
                        Boolean.TRUE.equals(unreadOnly));
        return Connection.of(
                notifications.list(user, page),
                request,
                CURSORS,
                found -> new Position(found.createdAt(), found.id()));
    }

    @DgsData(parentType = "User")
    @Nullable Integer unreadNotificationCount(Caller caller, DataFetchingEnvironment environment) {
        String user = user(environment);
        return caller.is(user) ? notifications.countUnread(user) : null;
    }

    private static String user(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<User>getSource()).id();
    }

    private static CompletableFuture<Optional<Notification>> load(
            String id, DataFetchingEnvironment environment) {
        DataLoader<String, Notification> loader =
                Objects.requireNonNull(environment.getDataLoader(NotificationLoader.NAME));
        return loader.load(id).thenApply(Optional::ofNullable);
    }
}
