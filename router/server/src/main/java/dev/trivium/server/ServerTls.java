package dev.trivium.server;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.TlsToClients;
import dev.trivium.server.configuration.TlsToClients.Content;
import dev.trivium.server.subgraphs.ClientTls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;

/// How TLS is spoken to clients: 1.2 and 1.3, with HTTP/2 where both agree on it.
final class ServerTls {
    private ServerTls() {}

    /// @param http2 whether it is offered
    static ServerSSLOptions options(Content files, boolean http2) {
        var options =
                new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(keyAndCertificate(files));
        options.setApplicationLayerProtocols(
                http2 ? List.of("h2", "http/1.1") : List.of("http/1.1"));
        if (files.clientAuthorities() != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions()
                                    .addCertValue(Buffer.buffer(files.clientAuthorities().text())));
        }
        return options;
    }

    private static PemKeyCertOptions keyAndCertificate(Content files) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(files.chain().text()))
                .addKeyValue(Buffer.buffer(files.key().text()));
    }

    /// Reads the files. Refuses a key that cannot be used, or is not that of the certificate: with
    /// it, no client could connect.
    static Outcome<Content> read(TlsToClients tls, Vertx vertx) {
        return tls.read()
                .then(files -> {
                    var reason = ClientTls.misfit(keyAndCertificate(files), vertx);
                    if (reason == null) {
                        return new Outcome.Accepted<>(files);
                    }
                    var message = "`tls.supergraph.key` " + reason;
                    return new Outcome.Rejected<>(
                            new Issue(ClientTls.INVALID_KEY, message, List.of()));
                });
    }
}
