package dev.trivium.server.configuration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/// A text in PEM: certificates, or a private key (RFC 7468).
public record Pem(String text) {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final String KEY = " PRIVATE KEY-----";

    /// Keeps keys out of logs.
    @Override
    public String toString() {
        return "Pem";
    }

    /// These, and then the others, unless those begin with these.
    Pem with(Pem others) {
        return others.text.contains(text.strip())
                ? others
                : new Pem(text.strip() + "\n" + others.text);
    }

    static Outcome<Pem> certificates(byte[] file) {
        var text = new String(file, ISO_8859_1);
        try {
            // What stands between certificates, such as their description, is no part of them.
            var from = text.indexOf(CERTIFICATE);
            if (from >= 0) {
                var bytes = text.substring(from).getBytes(ISO_8859_1);
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(bytes));
                return new Outcome.Accepted<>(new Pem(text));
            }
        } catch (CertificateException _) {
            // Reported below, with the same message.
        }
        return rejected("INVALID_CERTIFICATE", "holds no certificates in PEM");
    }

    /// Whether the key can be used, and is that of a certificate, is not looked at here.
    static Outcome<Pem> privateKey(byte[] file) {
        var text = new String(file, ISO_8859_1);
        return text.contains(KEY) && !text.contains("ENCRYPTED" + KEY)
                ? new Outcome.Accepted<>(new Pem(text))
                : rejected("INVALID_PRIVATE_KEY", "holds no private key in PEM without a password");
    }

    private static Outcome<Pem> rejected(String code, String message) {
        return new Outcome.Rejected<>(new Issue(code, message, List.of()));
    }
}
