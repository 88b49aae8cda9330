package dev.trivium.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A subgraph that takes files (GraphQL multipart request), read by the server of Vert.x.
final class UploadSubgraph implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final String answer;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /// Bytes of files that have come.
    final AtomicLong bytes = new AtomicLong();

    /// Whether files are read.
    volatile boolean reads = true;

    /// A request that has come as a whole.
    ///
    /// @param map empty for a request without files
    record Received(JsonObject operations, JsonObject map, List<File> files) {}

    record File(String key, String name, String type, String content) {}

    /// @param answer to every request
    UploadSubgraph(String answer) {
        this.answer = answer;
        this.server =
                vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1").await();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/graphql";
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void serve(HttpServerRequest request) {
        if ("application/json".equals(request.getHeader("content-type"))) {
            request.body()
                    .onSuccess(body -> {
                        received.add(
                                new Received(body.toJsonObject(), new JsonObject(), List.of()));
                        answer(request);
                    });
            return;
        }
        var files = new ArrayList<File>();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> read(upload, files));
        request.endHandler(_ -> {
            received.add(
                    new Received(
                            new JsonObject(request.getFormAttribute("operations")),
                            new JsonObject(request.getFormAttribute("map")),
                            files));
            answer(request);
        });
    }

    private void answer(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end(answer);
    }

    private void read(HttpServerFileUpload upload, List<File> files) {
        if (!reads) {
            upload.pause();
            return;
        }
        var content = new StringBuilder();
        upload.handler(chunk -> {
            bytes.addAndGet(chunk.length());
            content.append(chunk);
        });
        upload.endHandler(_ ->
                files.add(
                        new File(
                                upload.name(),
                                upload.filename(),
                                upload.contentType(),
                                content.toString())));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
