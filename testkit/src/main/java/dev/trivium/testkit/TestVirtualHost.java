package dev.trivium.testkit;

import dev.trivium.local.EmbeddedBroker;
import java.net.URI;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/// A virtual host with a random name on an AMQP broker, deleted with all that is in it when closed.
///
/// It is on the broker that `RABBITMQ_URI` names; without one, on RabbitMQ in a container where a
/// Docker engine answers; else on the embedded broker. The first one prints which.
public final class TestVirtualHost implements AutoCloseable {
    private static final String IMAGE = "rabbitmq:4-management";

    private final String name = Names.random("test");

    public TestVirtualHost() {
        Server.BROKER.create(name);
    }

    public String name() {
        return name;
    }

    /// The connection string, with the virtual host.
    public String uri() {
        return Uris.withPath(Server.BROKER.uri(), name);
    }

    @Override
    public void close() {
        Server.BROKER.delete(name);
    }

    /// The broker of this JVM; started when first used, gone with the JVM.
    private static final class Server {
        static final Broker BROKER = start();

        private static Broker start() {
            String named = System.getenv("RABBITMQ_URI");
            if (named != null && !named.isBlank()) {
                return chosen("RABBITMQ_URI", RabbitBroker.at(URI.create(named)));
            }
            if (Docker.answers()) {
                // Testcontainers removes it when this JVM ends.
                @SuppressWarnings("resource")
                RabbitMQContainer container = new RabbitMQContainer(IMAGE);
                container.start();
                URI amqp = URI.create(container.getAmqpUrl());
                URI management = URI.create(container.getHttpUrl());
                return chosen(
                        "Testcontainers (" + IMAGE + ")",
                        new RabbitBroker(withGuest(amqp), management));
            }
            return chosen("embedded", new Embedded(EmbeddedBroker.inMemory(0)));
        }

        private static URI withGuest(URI amqp) {
            return URI.create("amqp://guest:guest@%s:%d".formatted(amqp.getHost(), amqp.getPort()));
        }

        private static Broker chosen(String which, Broker broker) {
            System.out.println("Tests use AMQP from: " + which);
            return broker;
        }
    }

    /// A broker that gives out virtual hosts.
    interface Broker {
        String uri();

        void create(String virtualHost);

        void delete(String virtualHost);
    }

    private record Embedded(EmbeddedBroker broker) implements Broker {
        @Override
        public String uri() {
            return broker.uri();
        }

        @Override
        public void create(String virtualHost) {
            broker.createVirtualHost(virtualHost);
        }

        @Override
        public void delete(String virtualHost) {
            broker.deleteVirtualHost(virtualHost);
        }
    }
}
