package dev.trivium.server.configuration;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The files that TLS is spoken to clients with. They may change while the router runs.
///
/// @param certificate of the router
/// @param chain the certificates between it and the authority that clients trust, or null
/// @param key of the certificate
/// @param clientAuthorities those who must have signed a client's certificate; null if clients need
///   none
public record TlsToClients(
        Path certificate, @Nullable Path chain, Path key, @Nullable Path clientAuthorities) {

    /// What the files hold.
    ///
    /// @param chain begins with the router's own certificate
    public record Content(Pem chain, Pem key, @Nullable Pem clientAuthorities) {}

    /// The files, for whoever looks at them.
    public List<Path> files() {
        var files = new ArrayList<>(List.of(certificate, key));
        if (chain != null) {
            files.add(chain);
        }
        if (clientAuthorities != null) {
            files.add(clientAuthorities);
        }
        return files;
    }

    /// Whether key and certificate fit is not looked at here.
    public Outcome<Content> read() {
        return read(certificate, Pem::certificates)
                .then(own ->
                        read(key, Pem::privateKey)
                                .then(secret ->
                                        withChain(own).then(all -> withAuthorities(all, secret))));
    }

    private Outcome<Pem> withChain(Pem own) {
        return chain == null
                ? new Accepted<>(own)
                : read(chain, Pem::certificates).then(others -> new Accepted<>(own.with(others)));
    }

    private Outcome<Content> withAuthorities(Pem all, Pem secret) {
        return clientAuthorities == null
                ? new Accepted<>(new Content(all, secret, null))
                : read(clientAuthorities, Pem::certificates)
                        .then(trusted -> new Accepted<>(new Content(all, secret, trusted)));
    }

    private static Outcome<Pem> read(Path file, Function<byte[], Outcome<Pem>> parse) {
        try {
            return switch (parse.apply(Files.readAllBytes(file))) {
                case Accepted<Pem> read -> read;
                case Rejected<Pem>(var issues) ->
                        rejected(issues.getFirst().code(), file, issues.getFirst().message());
            };
        } catch (IOException _) {
            return rejected("UNREADABLE_FILE", file, "cannot be read");
        }
    }

    private static Outcome<Pem> rejected(String code, Path file, String message) {
        return new Rejected<>(new Issue(code, "the file " + file + " " + message, List.of()));
    }

    /// Reads `tls.supergraph`.
    ///
    /// @return null where a file is missing, which has been reported
    static @Nullable TlsToClients read(Section section) {
        var certificate = file(section, "certificate", "A PEM file: the certificate.", true);
        var chain =
                file(
                        section,
                        "certificate_chain",
                        "A PEM file with those that have signed it, where the first file has none.",
                        false);
        var key = file(section, "key", "A PEM file: the private key, without a password.", true);
        var authorities =
                section.section(
                        "client_authentication",
                        "The certificate that a client must show.",
                        clients ->
                                file(
                                        clients,
                                        "certificate_authorities",
                                        "A PEM file with those who may have signed it.",
                                        false));
        return certificate == null || key == null
                ? null
                : new TlsToClients(certificate, chain, key, authorities);
    }

    private static @Nullable Path file(
            Section section, String key, String description, boolean required) {
        Function<byte[], Outcome<Pem>> parse =
                key.equals("key") ? Pem::privateKey : Pem::certificates;
        var content = section.file(key, description, required, parse);
        return content == null ? null : section.optionalPath(key, description);
    }
}
