package dev.trivium.server.subgraphs;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.server.configuration.Configuration.ClientCertificate;
import dev.trivium.server.configuration.Configuration.SubgraphTls;
import dev.trivium.server.configuration.Configuration.Tls;
import dev.trivium.server.configuration.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken to subgraphs: certificates and host names are always verified.
public final class ClientTls {
    public static final String INVALID_KEY = "INVALID_PRIVATE_KEY";

    private ClientTls() {}

    /// Null for what holds for all calls of the HTTP client: only the JDK's authorities are
    /// trusted, and the router shows no certificate.
    static @Nullable ClientSSLOptions options(SubgraphTls tls) {
        if (tls.equals(SubgraphTls.DEFAULT)) {
            return null;
        }
        var options =
                new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setUseAlpn(true);
        if (tls.authorities() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(buffer(tls.authorities())));
        }
        if (tls.client() != null) {
            options.setKeyCertOptions(keyAndCertificate(tls.client()));
        }
        return options;
    }

    private static PemKeyCertOptions keyAndCertificate(ClientCertificate client) {
        return new PemKeyCertOptions()
                .addCertValue(buffer(client.chain()))
                .addKeyValue(buffer(client.key()));
    }

    private static Buffer buffer(Pem pem) {
        return Buffer.buffer(pem.text());
    }

    /// Refuses private keys that cannot be used, or are not those of their certificates: without
    /// this, each call would fail, for a reason that only the subgraph's log may tell.
    public static Outcome<Tls> checked(Tls tls, Vertx vertx) {
        List<Issue> issues = new ArrayList<>();
        check("tls.subgraph.all", tls.all(), vertx, issues);
        tls.subgraphs()
                .forEach((name, each) ->
                        check("tls.subgraph.subgraphs." + name, each, vertx, issues));
        return issues.isEmpty() ? new Accepted<>(tls) : new Rejected<>(issues);
    }

    private static void check(String at, SubgraphTls tls, Vertx vertx, List<Issue> issues) {
        if (tls.client() == null) {
            return;
        }
        var reason = misfit(keyAndCertificate(tls.client()), vertx);
        if (reason != null) {
            var message = "`%s.client_authentication.key` %s".formatted(at, reason);
            issues.add(new Issue(INVALID_KEY, message, List.of()));
        }
    }

    /// Why a key does not do for a certificate; null if it does.
    public static @Nullable String misfit(PemKeyCertOptions options, Vertx vertx) {
        try {
            var managers = options.getKeyManagerFactory(vertx).getKeyManagers();
            return Arrays.stream(managers).allMatch(ClientTls::keysFit)
                    ? null
                    : "is not the key of the certificate";
        } catch (Exception invalid) { // Vert.x declares no narrower one
            return "cannot be used: " + invalid.getMessage();
        }
    }

    private static boolean keysFit(KeyManager manager) {
        if (!(manager instanceof X509KeyManager keys)) {
            return false;
        }
        for (var type : List.of("RSA", "EC", "EdDSA", "Ed25519", "RSASSA-PSS")) {
            var aliases = keys.getClientAliases(type, null);
            if (aliases != null) {
                return Arrays.stream(aliases).allMatch(alias -> fits(keys, alias));
            }
        }
        return false;
    }

    /// Whether the certificate verifies what the key signs.
    private static boolean fits(X509KeyManager keys, String alias) {
        PrivateKey key = keys.getPrivateKey(alias);
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(keys.getCertificateChain(alias)[0]);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
