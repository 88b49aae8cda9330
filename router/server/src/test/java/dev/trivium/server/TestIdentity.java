package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/// A key and a certificate that it has signed itself, so that it is its own authority.
///
/// @param store both, in PKCS #12
/// @param certificate in PEM
/// @param key in PEM
record TestIdentity(Path store, Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    /// @param names what the certificate is for, `ip:127.0.0.1` or `dns:a.example`
    static TestIdentity make(Path folder, String name, String names) throws Exception {
        var store = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=" + names,
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        assertThat(process.waitFor()).isZero();
        return new TestIdentity(
                store,
                Files.writeString(
                        folder.resolve(name + ".crt"),
                        pem("CERTIFICATE", read(store).getCertificate(name).getEncoded())),
                Files.writeString(
                        folder.resolve(name + ".key"),
                        pem(
                                "PRIVATE KEY",
                                read(store).getKey(name, PASSWORD.toCharArray()).getEncoded())));
    }

    private static KeyStore read(Path store) throws IOException, GeneralSecurityException {
        var read = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            read.load(in, PASSWORD.toCharArray());
        }
        return read;
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
    }

    /// For a server.
    PfxOptions options() {
        return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
    }
}
