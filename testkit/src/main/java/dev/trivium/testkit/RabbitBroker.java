package dev.trivium.testkit;

import static java.net.http.HttpClient.Version.HTTP_1_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// RabbitMQ, whose virtual hosts are made through its management API, or with `rabbitmqctl` where
/// that does not answer.
///
/// @param management the management API; null to use `rabbitmqctl`
record RabbitBroker(URI amqp, @Nullable URI management) implements TestVirtualHost.Broker {
    private static final int MANAGEMENT_PORT = 15672;

    /// Finds the way to make virtual hosts: `RABBITMQ_MANAGEMENT_URI`
    /// (`http://user:password@host:port`; without a user, that of the broker's URI), or port 15672
    /// of the same host, or `rabbitmqctl`.
    static RabbitBroker at(URI amqp) {
        String named = System.getenv("RABBITMQ_MANAGEMENT_URI");
        URI management =
                URI.create(
                        named != null ? named : "http://" + amqp.getHost() + ":" + MANAGEMENT_PORT);
        RabbitBroker managed = new RabbitBroker(amqp, management);
        return managed.isManaged() ? managed : new RabbitBroker(amqp, null);
    }

    @Override
    public String uri() {
        return amqp.toString();
    }

    @Override
    public void create(String virtualHost) {
        if (management == null) {
            rabbitmqctl("add_vhost", virtualHost);
            rabbitmqctl("set_permissions", "-p", virtualHost, user(), ".*", ".*", ".*");
        } else {
            call("PUT", "vhosts/" + virtualHost, "{}");
            call(
                    "PUT",
                    "permissions/" + virtualHost + "/" + user(),
                    "{\"configure\": \".*\", \"write\": \".*\", \"read\": \".*\"}");
        }
    }

    @Override
    public void delete(String virtualHost) {
        if (management == null) {
            rabbitmqctl("delete_vhost", virtualHost);
        } else {
            call("DELETE", "vhosts/" + virtualHost, "");
        }
    }

    private boolean isManaged() {
        try {
            return send("GET", "vhosts", "") == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void call(String method, String path, String body) {
        try {
            int status = send(method, path, body);
            if (status >= 300) {
                throw new IllegalStateException(
                        "RabbitMQ's management API answers "
                                + status
                                + " to "
                                + method
                                + " "
                                + path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int send(String method, String path, String body) throws IOException {
        URI api = Objects.requireNonNull(management);
        String info = api.getUserInfo() == null ? userInfo() : api.getUserInfo();
        String login = Base64.getEncoder().encodeToString(info.getBytes(StandardCharsets.UTF_8));
        // The management API closes the connection on an upgrade to HTTP/2 with a body.
        try (HttpClient http = HttpClient.newBuilder().version(HTTP_1_1).build()) {
            String base = api.getScheme() + "://" + api.getHost() + ":" + api.getPort();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + "/api/" + path))
                            .header("Authorization", "Basic " + login)
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String userInfo() {
        String info = amqp.getUserInfo();
        return info == null ? "guest:guest" : info;
    }

    private String user() {
        String info = userInfo();
        int colon = info.indexOf(':');
        return colon < 0 ? info : info.substring(0, colon);
    }

    private static void rabbitmqctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("rabbitmqctl", "--quiet"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " fails: " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Tests need a virtual host of their own on the broker of RABBITMQ_URI: enable its"
                            + " management API (RABBITMQ_MANAGEMENT_URI), or put rabbitmqctl on the"
                            + " PATH",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
