package dev.trivium.starter;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/// Runs one consumer per [EventSubscription]. The broker may be down at start, and a queue may be
/// deleted later: a consumer tries again every two seconds, and declares the queue anew where it is
/// gone.
final class EventConsumers implements SmartLifecycle {
    private static final long RECOVERY_INTERVAL_MS = 2_000;

    private record Consumer(EventListener listener, SimpleMessageListenerContainer container) {}

    private final List<Consumer> consumers;
    private volatile boolean running;

    EventConsumers(
            List<EventSubscription> subscriptions,
            ConnectionFactory connections,
            BooleanSupplier databaseReady,
            SubgraphProperties.Consumer settings,
            ApplicationContext context) {
        this.consumers =
                subscriptions.stream()
                        .map(subscription -> {
                            var listener = new EventListener(subscription, settings, databaseReady);
                            return new Consumer(
                                    listener,
                                    container(
                                            subscription.queue(),
                                            listener,
                                            connections,
                                            settings,
                                            context));
                        })
                        .toList();
    }

    private static SimpleMessageListenerContainer container(
            String queue,
            EventListener listener,
            ConnectionFactory connections,
            SubgraphProperties.Consumer settings,
            ApplicationContext context) {
        var container = new SimpleMessageListenerContainer(connections);
        // It finds there what declares queues, and which.
        container.setApplicationContext(context);
        container.setQueueNames(queue);
        container.setMessageListener(listener);
        container.setAcknowledgeMode(AcknowledgeMode.AUTO);
        container.setDefaultRequeueRejected(false);
        container.setPrefetchCount(settings.prefetch());
        container.setMissingQueuesFatal(false);
        container.setRecoveryInterval(RECOVERY_INTERVAL_MS);
        container.setTaskExecutor(new VirtualThreadTaskExecutor(queue + "-"));
        container.afterPropertiesSet();
        return container;
    }

    @Override
    public void start() {
        running = true;
        consumers.forEach(consumer -> consumer.container().start());
    }

    @Override
    public void stop() {
        running = false;
        consumers.forEach(consumer -> consumer.listener().stop());
        consumers.forEach(consumer -> consumer.container().stop());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
