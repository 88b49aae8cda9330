package dev.trivium.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// An HTTP server on a real socket, every byte of whose answers a test decides.
final class ScriptedSubgraph implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    /// What to do with a request.
    interface Behaviour {
        void serve(Exchange exchange) throws Exception;
    }

    /// A request that has arrived.
    ///
    /// @param number how many came before it
    /// @param head the request line and the headers
    record Exchange(int number, String head, String body, Socket socket) {

        /// Answers as a decent server does.
        void answer(String json) throws IOException {
            answer("200 OK", "application/json", json);
        }

        void answer(String status, String type, String body) throws IOException {
            var length = body.getBytes(UTF_8).length;
            raw(
                    "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(status, type, length, body));
        }

        void raw(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }

        /// Answers nothing until the caller has given up.
        void awaitHangUp() throws IOException {
            if (socket.getInputStream().read() >= 0) {
                throw new IOException("the caller sends another request instead");
            }
        }

        /// Breaks the connection with a reset instead of an orderly end.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private ScriptedSubgraph(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static ScriptedSubgraph start(Behaviour behaviour) {
        try {
            var subgraph = new ScriptedSubgraph(behaviour);
            Thread.ofVirtual().start(subgraph::accept);
            return subgraph;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScriptedSubgraph answering(String json) {
        return start(exchange -> exchange.answer(json));
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/graphql";
    }

    /// The requests so far.
    List<Exchange> exchanges() {
        return exchanges;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed by the test.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                var head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                var length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
                int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
                var body = new String(in.readNBytes(bytes), UTF_8);
                var exchange = new Exchange(exchanges.size(), head, body, socket);
                exchanges.add(exchange);
                behaviour.serve(exchange);
                if (socket.isClosed() || socket.isOutputShutdown()) {
                    return;
                }
            }
        } catch (Exception _) {
            // The router went away, which is what some tests are about.
        }
    }

    /// The lines up to the empty one; empty at the end of the stream.
    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int last = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
            last = last << 8 | next;
            if (last == 0x0d0a0d0a) {
                return bytes.toString(ISO_8859_1);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            synchronized (sockets) {
                for (var socket : sockets) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
