package dev.trivium.auth.adapter;

import com.netflix.graphql.dgs.DgsDataLoader;
import dev.trivium.auth.domain.Accounts;
import dev.trivium.auth.domain.User;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.MappedBatchLoader;

/// Reads the users of a request with one query, wherever in the request they are asked for.
@DgsDataLoader(name = UserLoader.NAME)
final class UserLoader implements MappedBatchLoader<String, User> {
    static final String NAME = "users";

    private final Accounts accounts;

    UserLoader(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public CompletionStage<Map<String, User>> load(Set<String> ids) {
        return CompletableFuture.completedFuture(
                accounts.find(ids).stream()
                        .collect(Collectors.toMap(User::id, Function.identity())));
    }
}
