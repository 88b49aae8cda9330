package dev.trivium.local;

import java.nio.file.Path;

/// What the command line asks for.
sealed interface Options {
    String USAGE =
            "usage: trivium-local --data DIRECTORY [--mongodb-port 27017] [--amqp-port 5672]";

    /// Serve the data of a directory.
    record Serve(Path data, int mongodbPort, int amqpPort) implements Options {}

    /// The command line is wrong.
    record Wrong(String reason) implements Options {}

    static Options parse(String... arguments) {
        Path data = Path.of("");
        int mongodbPort = 27017;
        int amqpPort = 5672;
        if (arguments.length % 2 != 0) {
            return new Wrong("every option takes a value");
        }
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--data" -> data = Path.of(value);
                    case "--mongodb-port" -> mongodbPort = port(value);
                    case "--amqp-port" -> amqpPort = port(value);
                    default -> {
                        return new Wrong("unknown option " + arguments[i]);
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            return new Wrong(e.getMessage() + "");
        }
        return data.toString().isEmpty()
                ? new Wrong("--data is missing")
                : new Serve(data, mongodbPort, amqpPort);
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + text);
        }
        return port;
    }
}
