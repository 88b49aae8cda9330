package dev.trivium.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;

/// How messages stand in the body of a response that is sent piece by piece.
public enum Frames {
    /// `multipart/mixed` (RFC 2046, section 5.1). The boundary follows each part at once, since
    /// clients wait for it.
    MULTIPART {
        private static final String BOUNDARY = "\r\n--graphql";

        @Override
        public Buffer start() {
            return Buffer.buffer(BOUNDARY);
        }

        @Override
        public Buffer message(Buffer json) {
            return Buffer.buffer(json.length() + FRAME)
                    .appendString("\r\ncontent-type: application/json; charset=utf-8\r\n\r\n")
                    .appendBuffer(json)
                    .appendString(BOUNDARY);
        }

        @Override
        public Buffer heartbeat() {
            return message(Buffer.buffer("{}"));
        }

        @Override
        public Buffer end() {
            return Buffer.buffer("--\r\n");
        }
    },

    /// Server-sent events (the HTML standard, section 9.2).
    EVENT_STREAM {
        @Override
        public Buffer start() {
            return heartbeat();
        }

        @Override
        public Buffer message(Buffer json) {
            return event("next", json);
        }

        @Override
        public Buffer heartbeat() {
            return Buffer.buffer(":\n\n");
        }

        @Override
        public Buffer end() {
            return Buffer.buffer("event: complete\ndata:\n\n");
        }
    };

    private static final int FRAME = 128;

    /// What comes before the first message.
    public abstract Buffer start();

    public abstract Buffer message(Buffer json);

    /// Shows client and proxies that the connection is still there.
    public abstract Buffer heartbeat();

    /// What comes after the last message.
    public abstract Buffer end();

    public static Frames of(StreamType type) {
        return type == StreamType.EVENT_STREAM ? EVENT_STREAM : MULTIPART;
    }

    /// One server-sent event.
    ///
    /// @param json line breaks in it become spaces: they cannot stand in a text
    public static Buffer event(String name, Buffer json) {
        var bytes = json.getBytes();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
        return Buffer.buffer(bytes.length + FRAME)
                .appendBytes(("event: " + name + "\ndata: ").getBytes(UTF_8))
                .appendBytes(bytes)
                .appendString("\n\n");
    }
}
