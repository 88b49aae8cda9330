package dev.trivium.starter;

import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;

/// Puts the [Caller] of a request into the context of its execution.
final class CallerInterceptor implements WebGraphQlInterceptor {
    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Caller caller = caller();
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(Map.of(Caller.class, caller)).build());
        return chain.next(request);
    }

    private static Caller caller() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof JwtAuthenticationToken token
                ? new Caller(token.getToken().getSubject())
                : Caller.ANONYMOUS;
    }
}
