package dev.trivium.starter;

import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Puts the [Caller] of a request into the context of its execution.
///
/// Over a WebSocket, the caller is who `connection_init` names: its payload may hold
/// `authorization`, as the header would be. Without it, it is who sent the upgrade request. A token
/// that is not valid closes the connection with 4401.
final class CallerInterceptor implements WebSocketGraphQlInterceptor {
    private static final String SCHEME = "Bearer ";
    private static final String CALLER = Caller.class.getName();

    private final JwtDecoder tokens;

    CallerInterceptor(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Caller caller =
                request instanceof WebSocketGraphQlRequest message
                        ? caller(message.getSessionInfo())
                        : caller(SecurityContextHolder.getContext().getAuthentication());
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(Map.of(Caller.class, caller)).build());
        return chain.next(request);
    }

    @Override
    public Mono<Object> handleConnectionInitialization(
            WebSocketSessionInfo session, Map<String, Object> payload) {
        String authorization = authorization(payload);
        Mono<Caller> caller =
                authorization == null
                        ? session.getPrincipal().map(CallerInterceptor::caller)
                        : Mono.fromCallable(() -> caller(authorization))
                                .subscribeOn(Schedulers.boundedElastic());
        return caller.defaultIfEmpty(Caller.ANONYMOUS)
                .doOnNext(found -> session.getAttributes().put(CALLER, found))
                .then(Mono.empty());
    }

    private static @Nullable String authorization(Map<String, Object> payload) {
        return payload.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("authorization"))
                .map(entry -> String.valueOf(entry.getValue()))
                .findFirst()
                .orElse(null);
    }

    private Caller caller(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw ProblemException.unauthenticated("Not a bearer token.");
        }
        String token = authorization.substring(SCHEME.length()).strip();
        return new Caller(tokens.decode(token).getSubject());
    }

    private static Caller caller(WebSocketSessionInfo session) {
        return session.getAttributes().get(CALLER) instanceof Caller caller
                ? caller
                : Caller.ANONYMOUS;
    }

    private static Caller caller(@Nullable Principal authentication) {
        return authentication instanceof JwtAuthenticationToken token
                ? new Caller(token.getToken().getSubject())
                : Caller.ANONYMOUS;
    }
}
