package dev.trivium.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/// Whether containers can be started here.
final class Docker {
    private static final List<Path> SOCKETS =
            List.of(
                    Path.of("/var/run/docker.sock"),
                    Path.of(System.getProperty("user.home"), ".docker/run/docker.sock"),
                    Path.of(System.getProperty("user.home"), ".testcontainers.properties"));

    private Docker() {}

    /// Asks Testcontainers only where there is a sign of an engine: without one it would search for
    /// seconds and log errors.
    static boolean answers() {
        return isLikely() && DockerClientFactory.instance().isDockerAvailable();
    }

    private static boolean isLikely() {
        return System.getenv("DOCKER_HOST") != null || SOCKETS.stream().anyMatch(Files::exists);
    }
}
