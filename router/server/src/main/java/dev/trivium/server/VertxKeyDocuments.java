package dev.trivium.server;

import dev.trivium.server.authentication.KeyDocuments;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Fetches the keys of issuers over HTTP.
final class VertxKeyDocuments implements KeyDocuments {
    private static final int PATIENCE_SECONDS = 5;
    private static final int LONGEST_DOCUMENT = 512 * 1024;

    private final HttpClient http;

    VertxKeyDocuments(Vertx vertx) {
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout(PATIENCE_SECONDS * 1000)
                                // Else each connection on which nothing comes would be held, until
                                // no more may be opened, even to an issuer that has recovered.
                                .setIdleTimeout(PATIENCE_SECONDS)
                                .setKeepAlive(false)
                                .setVerifyHost(true));
    }

    @Override
    public CompletionStage<String> fetch(URI url) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(url.toString())
                        .putHeader("accept", "application/jwk-set+json, application/json");
        return http.request(options)
                .compose(request -> request.send().compose(VertxKeyDocuments::read))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(body -> body.toString())
                .toCompletionStage();
    }

    private static Future<Buffer> read(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return refuse(response, "status " + response.statusCode());
        }
        var body = Buffer.buffer();
        var result = Promise.<Buffer>promise();
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > LONGEST_DOCUMENT) {
                result.tryFail(new IOException("the document is too long"));
                var _ = response.request().reset();
            }
        });
        response.exceptionHandler(result::tryFail);
        response.endHandler(_ -> result.tryComplete(body));
        return result.future();
    }

    private static Future<Buffer> refuse(HttpClientResponse response, String reason) {
        var _ = response.request().reset();
        return Future.failedFuture(new IOException(reason));
    }
}
