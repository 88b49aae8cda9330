package dev.trivium.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.AuthenticationProvider;
import org.apache.qpid.server.model.ConfiguredObject;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.User;
import org.apache.qpid.server.model.VirtualHostNode;
import org.jspecify.annotations.Nullable;

/// A broker for AMQP 0-9-1 on the loopback interface, with the user `guest` and the password
/// `guest`.
///
/// With a directory, confirmed persistent messages survive the death of the process; without one,
/// everything stays in memory. It accepts the queue arguments of RabbitMQ without acting on them:
/// to dead-letter here as well, a queue declares `alternateBinding` and
/// `x-qpid-maximum-delivery-count: 1` beside RabbitMQ's own arguments.
public final class EmbeddedBroker implements AutoCloseable {
    private static final String DEFAULT_VIRTUAL_HOST = "default";
    private static final String USERS = "users";

    private final SystemLauncher launcher;
    private final ConfiguredObject<?> broker;
    private final @Nullable Path directory;
    private final int port;

    private EmbeddedBroker(
            SystemLauncher launcher,
            ConfiguredObject<?> broker,
            @Nullable Path directory,
            int port) {
        this.launcher = launcher;
        this.broker = broker;
        this.directory = directory;
        this.port = port;
    }

    /// Starts a broker that forgets everything when it is closed.
    ///
    /// @param port 0 for any free one
    public static EmbeddedBroker inMemory(int port) {
        return start(null, port);
    }

    /// Starts a broker on the queues and messages in a directory, which is created when missing.
    ///
    /// @param port 0 for any free one
    public static EmbeddedBroker persistent(Path directory, int port) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(directory.toAbsolutePath(), port);
    }

    private static EmbeddedBroker start(@Nullable Path directory, int port) {
        keepDerbyOutOfTheWorkingDirectory(directory);
        SystemConfig<?>[] resolved = new SystemConfig<?>[1];
        SystemLauncher launcher =
                new SystemLauncher(
                        new DefaultSystemLauncherListener() {
                            @Override
                            public void onContainerResolve(SystemConfig<?> system) {
                                resolved[0] = system;
                            }
                        });
        try {
            launcher.startup(
                    Map.of(
                            SystemConfig.TYPE,
                            "Memory",
                            SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                            "classpath:dev/trivium/local/broker.json",
                            "startupLoggedToSystemOut",
                            false));
            ConfiguredObject<?> broker = resolved[0].getContainer();
            createUsers(broker);
            createVirtualHost(broker, DEFAULT_VIRTUAL_HOST, directory);
            return new EmbeddedBroker(launcher, broker, directory, listen(broker, port));
        } catch (Exception e) {
            launcher.shutdown();
            throw new IllegalStateException("The embedded broker does not start: " + e, e);
        }
    }

    /// Derby writes its log where the process was started, even where nothing is kept, unless told
    /// otherwise before its first use in this JVM.
    private static void keepDerbyOutOfTheWorkingDirectory(@Nullable Path directory) {
        Path log =
                directory == null
                        ? Path.of(System.getProperty("java.io.tmpdir"), "trivium-derby.log")
                        : directory.resolve("derby.log");
        System.getProperties().putIfAbsent("derby.stream.error.file", log.toString());
    }

    private static void createUsers(ConfiguredObject<?> broker) {
        AuthenticationProvider<?> users =
                broker.createChild(
                        AuthenticationProvider.class,
                        Map.of(
                                "name",
                                USERS,
                                "type",
                                "Plain",
                                // Clients offer PLAIN only, which is safe on the loopback
                                // interface.
                                "secureOnlyMechanisms",
                                List.of()));
        // The provider writes into the map.
        users.createChild(
                User.class,
                new HashMap<>(Map.of("name", "guest", "type", "managed", "password", "guest")));
    }

    private static void createVirtualHost(
            ConfiguredObject<?> broker, String name, @Nullable Path directory) {
        String isDefault = String.valueOf(name.equals(DEFAULT_VIRTUAL_HOST));
        Map<String, Object> attributes =
                directory == null
                        ? Map.of(
                                "name",
                                name,
                                "type",
                                "Memory",
                                "defaultVirtualHostNode",
                                isDefault,
                                "virtualHostInitialConfiguration",
                                "{\"type\": \"Memory\"}")
                        : Map.of(
                                "name",
                                name,
                                "type",
                                "DERBY",
                                "storePath",
                                directory.resolve(name).toString(),
                                "defaultVirtualHostNode",
                                isDefault,
                                "virtualHostInitialConfiguration",
                                "{\"type\": \"ProvidedStore\"}");
        broker.createChild(VirtualHostNode.class, attributes);
    }

    private static int listen(ConfiguredObject<?> broker, int port) {
        Port<?> listening =
                broker.createChild(
                        Port.class,
                        Map.of(
                                "name",
                                "AMQP",
                                "port",
                                port,
                                "bindingAddress",
                                "127.0.0.1",
                                "protocols",
                                List.of("AMQP_0_9_1"),
                                "authenticationProvider",
                                USERS));
        if (listening.getBoundPort() <= 0) {
            throw new IllegalStateException("Cannot listen on port " + port);
        }
        return listening.getBoundPort();
    }

    /// Adds a virtual host, empty unless the directory has one of this name.
    public void createVirtualHost(String name) {
        createVirtualHost(broker, name, directory);
    }

    /// Deletes a virtual host with all that is in it.
    public void deleteVirtualHost(String name) {
        broker.getChildByName(VirtualHostNode.class, name).delete();
    }

    /// The port that it listens on.
    public int port() {
        return port;
    }

    /// Where clients connect to, for the default virtual host.
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    /// Where clients connect to, for another virtual host.
    public String uri(String virtualHost) {
        return uri() + "/" + virtualHost;
    }

    /// Closes all connections and stores.
    @Override
    public void close() {
        launcher.shutdown();
    }
}
