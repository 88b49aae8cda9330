package dev.trivium.notifications.adapter;

import com.netflix.graphql.dgs.DgsDataLoader;
import dev.trivium.notifications.domain.Notification;
import dev.trivium.notifications.domain.Notifications;
import dev.trivium.starter.Caller;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.MappedBatchLoaderWithContext;

/// Reads the caller's notifications of a request with one query.
@DgsDataLoader(name = NotificationLoader.NAME)
final class NotificationLoader implements MappedBatchLoaderWithContext<String, Notification> {
    static final String NAME = "notifications";

    private final Notifications notifications;

    NotificationLoader(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public CompletionStage<Map<String, Notification>> load(
            Set<String> ids, BatchLoaderEnvironment environment) {
        return CompletableFuture.completedFuture(
                Caller.of(environment)
                        .id()
                        .map(caller ->
                                notifications.find(caller, ids).stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Notification::id, Function.identity())))
                        .orElseGet(Map::of));
    }
}
