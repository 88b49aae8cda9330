package dev.trivium.starter;

import com.netflix.graphql.dgs.internal.method.ArgumentResolver;
import com.netflix.graphql.dgs.springgraphql.autoconfig.DgsSpringGraphQLAutoConfiguration;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/// The GraphQL endpoint: the subgraph's own SDL, the scalar `DateTime`, coded errors and the
/// caller.
@AutoConfiguration(before = DgsSpringGraphQLAutoConfiguration.class)
@EnableConfigurationProperties(SubgraphProperties.class)
class GraphQlConfiguration {

    @Bean
    GraphQlSourceBuilderCustomizer ownSdl(SubgraphProperties properties) {
        var visitor = new OwnSdl(new ClassPathResource(properties.subgraph().schema()));
        return builder -> builder.typeVisitors(List.of(visitor));
    }

    @Bean
    RuntimeWiringConfigurer dateTimeScalar() {
        return wiring -> wiring.scalar(DateTimeScalar.TYPE);
    }

    @Bean
    @ConditionalOnMissingBean
    DataFetcherExceptionHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    Instrumentation errorCodes() {
        return new ErrorCodes();
    }

    @Bean
    Instrumentation operationLimits() {
        return new OperationLimits();
    }

    @Bean
    WebGraphQlInterceptor callerInterceptor(JwtDecoder tokens) {
        return new CallerInterceptor(tokens);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ArgumentResolver callerArgument() {
        return new ArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == Caller.class;
            }

            @Override
            public Object resolveArgument(
                    MethodParameter parameter, DataFetchingEnvironment environment) {
                return Caller.of(environment);
            }
        };
    }
}
