package dev.trivium.starter;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/// Who may call: anybody, but a token that is sent must be valid. Access to data is decided in the
/// data fetchers, object by object, with the [Caller].
@AutoConfiguration(before = OAuth2ResourceServerAutoConfiguration.class)
@EnableConfigurationProperties(SubgraphProperties.class)
class SecurityConfiguration {

    /// The keys that access tokens may be signed with: those of the auth service, unless the
    /// service brings its own.
    @Bean
    @ConditionalOnMissingBean
    JWKSource<SecurityContext> tokenKeys(SubgraphProperties properties) {
        return new RemoteKeys(new RemoteKeys.Http(properties.security().jwksUri()));
    }

    /// RFC 9068 access tokens of our issuer, for our audience, signed with RS256. `client_id` is
    /// not asked for: the platform's clients have no registration.
    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys, SubgraphProperties properties) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.RS256).build();
        decoder.setJwtValidator(
                JwtValidators.createAtJwtValidator()
                        .issuer(properties.security().issuer())
                        .audience(properties.security().audience())
                        .validators(claims ->
                                claims.put(
                                        "client_id", token -> OAuth2TokenValidatorResult.success()))
                        .build());
        return decoder;
    }

    @Bean
    SecurityFilterChain subgraphSecurity(HttpSecurity http, SubgraphProperties properties) {
        List<String> open = new ArrayList<>(properties.security().publicPaths());
        open.addAll(List.of("/graphql", "/actuator/health", "/actuator/health/**"));
        return http.securityMatcher("/**")
                // No cookies, hence no CSRF, no session, no request to come back to.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(open.toArray(String[]::new))
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(e -> e.authenticationEntryPoint(unauthenticated()))
                .oauth2ResourceServer(server ->
                        server.jwt(jwt -> {})
                                .authenticationEntryPoint(unauthenticated())
                                .withObjectPostProcessor(bearerFailures()))
                .build();
    }

    private static AuthenticationEntryPoint unauthenticated() {
        var challenge = new BearerTokenAuthenticationEntryPoint();
        return (request, response, failure) -> {
            challenge.commence(request, response, failure);
            HttpErrors.write(
                    response,
                    HttpStatus.valueOf(response.getStatus()),
                    ErrorCode.UNAUTHENTICATED,
                    "The access token is not valid.");
        };
    }

    /// A token that cannot be checked, because the keys are out of reach, is not a wrong token.
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> bearerFailures() {
        AuthenticationEntryPoint unauthenticated = unauthenticated();
        AuthenticationFailureHandler handler =
                (request, response, failure) -> {
                    if (failure instanceof AuthenticationServiceException) {
                        HttpErrors.write(
                                response,
                                HttpStatus.SERVICE_UNAVAILABLE,
                                ErrorCode.INTERNAL_SERVER_ERROR,
                                "Access tokens cannot be checked at the moment.");
                    } else {
                        unauthenticated.commence(request, response, failure);
                    }
                };
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(handler);
                return filter;
            }
        };
    }
}
