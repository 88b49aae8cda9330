package dev.trivium.starter;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.util.Optional;
import org.dataloader.BatchLoaderEnvironment;
import org.jspecify.annotations.Nullable;

/// Who sent the request: a user who is logged in, or nobody.
///
/// A data fetcher takes it as a parameter (`User me(Caller caller)`); entity fetchers and batch
/// loaders ask [#of]. It travels in the context of one execution and in no thread-local, so it
/// reaches every thread of its request and none of another's.
public record Caller(@Nullable String userId) {
    public static final Caller ANONYMOUS = new Caller(null);

    /// The caller; below a field whose fetcher set a [Caller] as local context, that one. A login
    /// does so: whoever has just logged in reads the rest of the payload as that user.
    public static Caller of(DataFetchingEnvironment environment) {
        return environment.getLocalContext() instanceof Caller caller
                ? caller
                : of(environment.getGraphQlContext());
    }

    public static Caller of(BatchLoaderEnvironment environment) {
        return environment.getContext() instanceof GraphQLContext context ? of(context) : ANONYMOUS;
    }

    static Caller of(GraphQLContext context) {
        return context.getOrDefault(Caller.class, ANONYMOUS);
    }

    public Optional<String> id() {
        return Optional.ofNullable(userId);
    }

    public boolean isAnonymous() {
        return userId == null;
    }

    /// Whether the caller is this very user.
    public boolean is(String user) {
        return user.equals(userId);
    }

    /// The caller's id; an `UNAUTHENTICATED` problem for an anonymous caller.
    public String require() {
        if (userId == null) {
            throw ProblemException.unauthenticated("Log in first.");
        }
        return userId;
    }
}
