package dev.trivium.auth.adapter;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsData;
import com.netflix.graphql.dgs.DgsDataFetchingEnvironment;
import com.netflix.graphql.dgs.DgsEntityFetcher;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.InputArgument;
import dev.trivium.auth.domain.User;
import dev.trivium.starter.Caller;
import dev.trivium.starter.EntityKeys;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/// Answers who somebody is. The domain's [User] is the GraphQL type of that name; fields that are
/// not for everybody have a fetcher here. Public, because DGS calls entity fetchers by reflection
/// without making them accessible.
@DgsComponent
public final class UserFetcher {

    @DgsQuery
    CompletableFuture<Optional<User>> me(Caller caller, DataFetchingEnvironment environment) {
        return caller.id()
                .map(id -> user(id, environment))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    @DgsQuery
    CompletableFuture<Optional<User>> user(
            @InputArgument String id, DataFetchingEnvironment environment) {
        return load(id, environment).thenApply(Optional::ofNullable);
    }

    /// Completes with null where there is no such user.
    @DgsEntityFetcher(name = "User")
    public CompletableFuture<User> entity(
            Map<String, Object> representation, DgsDataFetchingEnvironment environment) {
        return load(EntityKeys.id("User", representation), environment);
    }

    @DgsData(parentType = "User")
    @Nullable String email(Caller caller, DataFetchingEnvironment environment) {
        User user = Objects.requireNonNull(environment.<User>getSource());
        return caller.is(user.id()) ? user.email().value() : null;
    }

    private static CompletableFuture<User> load(String id, DataFetchingEnvironment environment) {
        DataLoader<String, User> users = environment.getDataLoader(UserLoader.NAME);
        return Objects.requireNonNull(users).load(id);
    }
}
