package dev.trivium.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A client that sends exactly the bytes that a test wants.
public final class RawHttp implements AutoCloseable {
    private final Socket socket;

    /// An answer.
    ///
    /// @param headers in lower case, `name: value`
    public record Response(int status, List<String> headers, String body) {
        boolean closes() {
            return headers.contains("connection: close");
        }
    }

    RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(15_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends one request over a connection of its own.
    static Response send(int port, String request) {
        return send(port, request.getBytes(UTF_8));
    }

    static Response send(int port, byte[] request) {
        try (var client = new RawHttp(port)) {
            client.write(request);
            return client.read();
        }
    }

    /// A POST request to `/graphql`.
    ///
    /// @param headers each with its line end
    static byte[] post(String headers, byte[] body) {
        var head =
                "POST /graphql HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(headers, body.length);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    void write(String text) {
        write(text.getBytes(UTF_8));
    }

    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response read() {
        try {
            var in = socket.getInputStream();
            var statusLine = line(in);
            int status = Integer.parseInt(statusLine.split(" ", -1)[1]);
            var headers = new ArrayList<String>();
            int length = 0;
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                headers.add(line.toLowerCase(Locale.ROOT));
                if (headers.getLast().startsWith("content-length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            var body =
                    headers.contains("transfer-encoding: chunked")
                            ? chunks(in)
                            : in.readNBytes(length);
            return new Response(status, headers, new String(body, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.writeBytes(in.readNBytes(size));
            var _ = line(in);
        }
        var _ = line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    /// Whether the server has closed the connection, after what it still sends.
    boolean isClosedByServer() {
        try {
            return socket.getInputStream().readAllBytes() != null;
        } catch (IOException _) {
            return false;
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
