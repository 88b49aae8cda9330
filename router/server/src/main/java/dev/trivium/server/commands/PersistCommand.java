package dev.trivium.server.commands;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import dev.trivium.server.RestApi;
import dev.trivium.server.compose.TextFile;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.persisted.Manifest;
import dev.trivium.server.persisted.ManifestWriter;
import dev.trivium.server.persisted.PersistedSources;
import dev.trivium.server.persisted.TrustedDocument;
import dev.trivium.server.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `persist`: writes the manifest of the operations in source folders.
@Command(
        name = "persist",
        description = {
            "Writes a manifest of the operations in source folders.",
            "",
            "Takes .graphql and .gql files; templates after gql, graphql or /* GraphQL */ in JavaScript"
                    + " and TypeScript; \"\"\" strings after /* GraphQL */, or that begin with"
                    + " #graphql, in Kotlin, Java and Swift."
        },
        mixinStandardHelpOptions = true)
final class PersistCommand implements Callable<Integer> {
    private static final int REJECTED = 1;

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "where the operations are")
    private List<Path> folders = List.of();

    @Option(
            names = {"-s", "--supergraph"},
            paramLabel = "FILE",
            required = true,
            description = "the composed schema, which each operation must fit")
    private Path supergraph = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the manifest (default: standard output)")
    private @Nullable Path output;

    @Option(
            names = {"-f", "--format"},
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.apollo;

    @Option(names = "--check", description = "fail if the output is not what would be written")
    private boolean check;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// In lower case, as they are typed.
    enum Format {
        apollo,
        relay
    }

    @Override
    public Integer call() {
        if (check && output == null) {
            return fail(RouterCommand.WRONG_INPUT, "--check needs --output FILE");
        }
        try {
            var schema = Schema.read(read(supergraph), ConfigurationReader.defaults());
            return switch (schema) {
                case Outcome.Rejected<Schema>(var issues) -> rejected(issues);
                case Outcome.Accepted<Schema>(var accepted) -> persist(accepted);
            };
        } catch (IOException e) {
            return fail(RouterCommand.WRONG_INPUT, String.valueOf(e.getMessage()));
        }
    }

    private int persist(Schema schema) throws IOException {
        for (var folder : folders) {
            if (!Files.exists(folder)) {
                return fail(RouterCommand.WRONG_INPUT, folder + " does not exist");
            }
        }
        var documents =
                PersistedSources.read(folders, schema.clientSchema()::validate)
                        .then(read -> endpointsChecked(read, schema));
        return switch (documents) {
            case Outcome.Rejected<List<TrustedDocument>>(var issues) -> rejected(issues);
            case Outcome.Accepted<List<TrustedDocument>>(var accepted) ->
                    write(
                            switch (format) {
                                case apollo -> ManifestWriter.apollo(accepted);
                                case relay -> ManifestWriter.relay(accepted);
                            });
        };
    }

    private static Outcome<List<TrustedDocument>> endpointsChecked(
            List<TrustedDocument> documents, Schema schema) {
        var settings = ConfigurationReader.defaults().rest();
        return Manifest.of(documents)
                .then(manifest -> RestApi.of(manifest, schema.apiTypes(), settings))
                .then(_ -> new Outcome.Accepted<>(documents));
    }

    private int write(String manifest) throws IOException {
        if (output == null) {
            spec.commandLine().getOut().print(manifest);
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (!check) {
            TextFile.write(output, manifest);
            return 0;
        }
        return Files.exists(output) && read(output).equals(manifest)
                ? 0
                : fail(REJECTED, output + " is not up to date; write it without --check");
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + TextFile.reason(e), e);
        }
    }

    private int rejected(List<Issue> issues) {
        var err = spec.commandLine().getErr();
        for (var issue : issues) {
            var places =
                    issue.locations().isEmpty() ? List.of(SourceLocation.NONE) : issue.locations();
            var first = places.getFirst();
            var at =
                    first.line() == 0
                            ? "trivium"
                            : "%s:%d:%d".formatted(first.source(), first.line(), first.column());
            err.println(at + ": " + issue.message() + " [" + issue.code() + "]");
            for (var also : places.subList(1, places.size())) {
                err.println(
                        "%s:%d:%d: also here".formatted(also.source(), also.line(), also.column()));
            }
        }
        err.flush();
        return REJECTED;
    }

    private int fail(int status, String message) {
        spec.commandLine().getErr().println("trivium: " + message);
        return status;
    }
}
