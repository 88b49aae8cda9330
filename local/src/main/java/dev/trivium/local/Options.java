package dev.trivium.local;

import java.nio.file.Path;
import java.util.OptionalInt;

/// What the command line asks for.
sealed interface Options {
    String USAGE =
            """
            usage: trivium-local --data DIRECTORY [--mongodb-port PORT] [--amqp-port PORT]
            Starts the servers whose ports are given; without any, both, on 27017 and 5672.\
            """;

    int MONGODB_PORT = 27017;
    int AMQP_PORT = 5672;

    /// Serve the data of a directory, on the ports that are there.
    record Serve(Path data, OptionalInt mongodbPort, OptionalInt amqpPort) implements Options {}

    /// The command line is wrong.
    record Wrong(String reason) implements Options {}

    static Options parse(String... arguments) {
        Path data = Path.of("");
        OptionalInt mongodbPort = OptionalInt.empty();
        OptionalInt amqpPort = OptionalInt.empty();
        if (arguments.length % 2 != 0) {
            return new Wrong("every option takes a value");
        }
        for (int i = 0; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            OptionalInt port = port(value);
            boolean isPort = arguments[i].endsWith("-port");
            if (isPort && port.isEmpty()) {
                return new Wrong("not a port: " + value);
            }
            switch (arguments[i]) {
                case "--data" -> data = Path.of(value);
                case "--mongodb-port" -> mongodbPort = port;
                case "--amqp-port" -> amqpPort = port;
                default -> {
                    return new Wrong("unknown option " + arguments[i]);
                }
            }
        }
        if (data.toString().isEmpty()) {
            return new Wrong("--data is missing");
        }
        return mongodbPort.isEmpty() && amqpPort.isEmpty()
                ? new Serve(data, OptionalInt.of(MONGODB_PORT), OptionalInt.of(AMQP_PORT))
                : new Serve(data, mongodbPort, amqpPort);
    }

    private static OptionalInt port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port < 0 || port > 65535 ? OptionalInt.empty() : OptionalInt.of(port);
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
