package dev.trivium.starter;

import graphql.GraphQLError;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import reactor.core.publisher.Mono;

/// Subscriptions over WebSocket, at the path of other operations. Only for services that bring
/// `spring-boot-starter-websocket`.
@AutoConfiguration
@ConditionalOnClass(
        value = ServletServerContainerFactoryBean.class,
        name = "jakarta.websocket.server.ServerContainer")
class StreamConfiguration {
    private static final Logger log = LoggerFactory.getLogger(StreamConfiguration.class);
    private static final int LONGEST_MESSAGE = 256 * 1024;

    @Bean
    ServletServerContainerFactoryBean webSocketLimits() {
        var limits = new ServletServerContainerFactoryBean();
        limits.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
        limits.setMaxBinaryMessageBufferSize(1);
        return limits;
    }

    /// As in [ProblemHandler]: what is not expected is logged under a reference.
    @Bean
    SubscriptionExceptionResolver streamProblems() {
        return failure -> Mono.just(List.of(error(failure)));
    }

    private static GraphQLError error(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return new CodedError(
                    problem.getMessage(), null, null, problem.code(), problem.field());
        }
        String reference = UUID.randomUUID().toString();
        log.error("A stream failed, {}", reference, failure);
        return new CodedError(
                CodedError.masked(reference), null, null, ErrorCode.INTERNAL_SERVER_ERROR, null);
    }
}
