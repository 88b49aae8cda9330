package dev.trivium.server;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration;
import dev.trivium.server.configuration.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `compose`: subgraph schemas to a supergraph.
@Command(
        name = "compose",
        description = "Composes subgraph schemas to a supergraph.",
        mixinStandardHelpOptions = true)
final class ComposeCommand implements Callable<Integer> {
    private static final int REJECTED = 1;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "which subgraphs, in the format of `rover supergraph compose`")
    private Path config = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the supergraph (default: standard output)")
    private @Nullable Path output;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(config)) {
            print(List.of("trivium: the configuration " + config + " cannot be read"));
            return RouterCommand.WRONG_INPUT;
        }
        var read =
                CompositionConfiguration.read(
                        Files.readString(config), config.toString(), System.getenv());
        return switch (read) {
            case Outcome.Rejected<CompositionConfiguration>(var issues) -> {
                print(List.of(ConfigurationReader.describe(issues)));
                yield RouterCommand.WRONG_INPUT;
            }
            case Outcome.Accepted<CompositionConfiguration>(var configuration) ->
                    compose(configuration);
        };
    }

    private int compose(CompositionConfiguration configuration) throws IOException {
        var sources = new ArrayList<SubgraphSource>();
        for (var entry : configuration.subgraphs().entrySet()) {
            var file = config.toAbsolutePath().resolveSibling(entry.getValue().file());
            if (!Files.isReadable(file)) {
                print(List.of("trivium: the schema " + file + " cannot be read"));
                return RouterCommand.WRONG_INPUT;
            }
            var url = Objects.requireNonNullElse(entry.getValue().routingUrl(), "");
            sources.add(new SubgraphSource(entry.getKey(), url, Files.readString(file)));
        }
        var result = Composition.compose(sources);
        print(result.hints().stream().map(hint -> line("hint", hint)).toList());
        return switch (result) {
            case CompositionResult.Rejected(var issues, _) -> {
                print(issues.stream().map(issue -> line("error", issue)).toList());
                yield REJECTED;
            }
            case CompositionResult.Composed(var supergraph, _, _) -> {
                write(supergraph);
                yield 0;
            }
        };
    }

    private void write(String supergraph) throws IOException {
        if (output == null) {
            spec.commandLine().getOut().print(supergraph);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(output, supergraph);
        }
    }

    private static String line(String kind, Issue issue) {
        return kind + " " + issue.code() + ": " + ConfigurationReader.describe(List.of(issue));
    }

    private void print(List<String> lines) {
        lines.forEach(spec.commandLine().getErr()::println);
    }
}
