package dev.trivium.starter;

import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.data.mongodb.core.MongoOperations;

/// Domain events: the exchange, the outbox with its relay, and the consumers.
@AutoConfiguration(after = {RabbitAutoConfiguration.class, DataMongoAutoConfiguration.class})
class EventConfiguration {

    /// The publisher sees a return beside the confirmation; without a callback, each would be a
    /// warning.
    @Bean
    RabbitTemplateCustomizer quietReturns() {
        return template -> template.setReturnsCallback(returned -> {});
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher eventPublisher(RabbitOperations rabbit, SubgraphProperties properties) {
        return new RabbitEventPublisher(rabbit, properties.outbox().confirmTimeout());
    }

    @Bean
    OutboxRelay outboxRelay(
            MongoOperations mongo, EventPublisher publisher, SubgraphProperties properties) {
        return new OutboxRelay(mongo, publisher, properties.outbox());
    }

    @Bean
    Outboxes outboxes(MongoOperations mongo, OutboxRelay relay) {
        return new Outboxes(mongo, relay);
    }

    @Bean
    Declarables topology(ObjectProvider<EventSubscription> subscriptions) {
        List<Declarable> all = new ArrayList<>(Topology.exchanges());
        subscriptions.forEach(subscription -> all.addAll(Topology.queues(subscription)));
        return new Declarables(all);
    }

    @Bean
    EventConsumers eventConsumers(
            ObjectProvider<EventSubscription> subscriptions,
            ConnectionFactory connections,
            DatabaseReadiness database,
            SubgraphProperties properties,
            ApplicationContext context) {
        return new EventConsumers(
                subscriptions.orderedStream().toList(),
                connections,
                database::isReady,
                properties.consumer(),
                context);
    }

    @Bean
    Broadcasts broadcasts(ConnectionFactory connections, AmqpAdmin admin, RabbitOperations rabbit) {
        return new Broadcasts(connections, admin, rabbit);
    }

    @Bean
    FilterRegistrationBean<Filter> traceContext() {
        var registration = new FilterRegistrationBean<Filter>(new TraceContext());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
