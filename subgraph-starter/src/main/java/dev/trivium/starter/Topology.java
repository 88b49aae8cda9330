package dev.trivium.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;

/// The exchanges and queues of the platform's domain events.
///
/// One declaration serves RabbitMQ (3.10 and later) and Qpid Broker-J: each broker passes over the
/// arguments of the other. RabbitMQ dead-letters by exchange and bounds redelivery by
/// `x-delivery-limit`; Qpid dead-letters by `alternateBinding`, on the first rejection.
final class Topology {
    static final String EVENTS = "trivium.domain-events";
    static final String DEAD_LETTERS = "trivium.dead-letters";

    /// Bounds the deliveries that end without an answer, as when a consumer dies of a message.
    private static final int DELIVERY_LIMIT = 10;

    private static final TopicExchange EVENT_EXCHANGE = new TopicExchange(EVENTS);
    private static final DirectExchange DEAD_LETTER_EXCHANGE = new DirectExchange(DEAD_LETTERS);

    private Topology() {}

    static List<Declarable> exchanges() {
        return List.of(EVENT_EXCHANGE, DEAD_LETTER_EXCHANGE);
    }

    static List<Declarable> queues(EventSubscription subscription) {
        String name = subscription.queue();
        Queue deadLetters = QueueBuilder.durable(name + ".dlq").quorum().build();
        Queue queue =
                QueueBuilder.durable(name)
                        .quorum()
                        .deliveryLimit(DELIVERY_LIMIT)
                        .deadLetterExchange(DEAD_LETTERS)
                        .deadLetterRoutingKey(name)
                        .withArgument(
                                "alternateBinding", Map.of("destination", deadLetters.getName()))
                        .withArgument("x-qpid-maximum-delivery-count", 1)
                        .build();
        Binding dead = BindingBuilder.bind(deadLetters).to(DEAD_LETTER_EXCHANGE).with(name);
        List<Declarable> all = new ArrayList<>(List.of(deadLetters, dead, queue));
        for (String type : subscription.types()) {
            all.add(BindingBuilder.bind(queue).to(EVENT_EXCHANGE).with(type));
        }
        return all;
    }
}
