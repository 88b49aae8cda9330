package dev.trivium.server.compose;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.Contract;
import dev.trivium.composition.SubgraphSource;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.CompositionConfiguration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        description = "Composes the schemas of subgraphs to a supergraph.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A contract has the parts include=TAG, exclude=TAG and unreachable=hide|keep, as in"
                    + " --contract include=partner,exclude=internal. By @tag, clients see nothing"
                    + " that is excluded and, where tags are included, only the fields of objects"
                    + " and interfaces that have one, or whose type has. Types that nothing shown"
                    + " leads to are hidden, unless they are kept.",
            "",
            "In the configuration, `federation_version: =2.9.0` rejects subgraphs that link to"
                    + " something newer; 2, or none, allows all that is known, and 1 allows no"
                    + " links to the federation specification. $${env.NAME} is a variable of the"
                    + " environment.",
            "",
            "Exit status: 0 composed; 1 the subgraphs cannot be read or do not fit together, or"
                    + " --diff found a breaking change; 2 wrong options or no configuration."
        })
public final class ComposeCommand implements Callable<Integer> {
    private static final int COMPOSED = 0;
    private static final int REJECTED = 1;
    private static final int WRONG_INPUT = 2;

    /// For the whole answer of a subgraph.
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// What is printed.
    enum Format {
        SDL,
        JSON
    }

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "the subgraphs, in the format of `rover supergraph compose`")
    private @Nullable Path config;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the result (default: standard output)")
    private @Nullable Path output;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "sdl|json",
            description = "the supergraph alone, or everything as JSON (default: sdl)")
    private Format format = Format.SDL;

    @Option(
            names = "--batch",
            description =
                    "read one JSON object a line from standard input, {id, subgraphs: [{name, url,"
                            + " sdl}]}, and write one result a line")
    private boolean batch;

    @Option(names = "--watch", description = "compose again whenever a schema changes")
    private boolean watch;

    @Option(
            names = "--diff",
            paramLabel = "OLD",
            description =
                    "print the breaking and dangerous changes since another API schema or"
                            + " supergraph, instead of the supergraph")
    private @Nullable Path old;

    @Option(
            names = "--contract",
            paramLabel = "PART[,PART...]",
            hideParamSyntax = true,
            split = ",",
            description = "show clients less of the supergraph, see below")
    private List<String> contract = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Duration interval;
    private final Map<String, String> environment = System.getenv();

    /// For the command line.
    public ComposeCommand() {
        this(Duration.ofSeconds(1));
    }

    /// @param interval how often `--watch` looks
    ComposeCommand(Duration interval) {
        this.interval = interval;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (IOException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    private int run() throws IOException, InterruptedException {
        if (batch) {
            return batch();
        }
        if (config == null) {
            return wrong("which subgraphs? Name a file with --config FILE");
        }
        Contract shown = ContractOption.parse(contract);
        if (shown == null) {
            return wrong(
                    "a contract is written --contract include=TAG,exclude=TAG,unreachable=keep");
        }
        if (old != null && format == Format.JSON) {
            return wrong("--diff prints text, not JSON");
        }
        Path file = config;
        Outcome<String> text = read(file);
        if (text instanceof Outcome.Rejected<String>(var issues)) {
            return wrong(issues.getFirst().message());
        }
        if (watch) {
            watch(file, shown);
            return COMPOSED;
        }
        Outcome<ComposeInput> loaded = load(file, text);
        return show(loaded, compose(loaded, shown));
    }

    private int batch() throws IOException {
        boolean alone =
                config == null && output == null && old == null && !watch && contract.isEmpty();
        if (!alone) {
            return wrong(
                    "--batch reads everything from standard input and writes to standard output,"
                            + " without --config, --output, --diff, --watch and --contract");
        }
        ComposeBatch.run(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                out());
        return COMPOSED;
    }

    private void watch(Path file, Contract contract) throws IOException {
        new WatchSubgraphs(interval, err())
                .run(
                        () -> load(file, read(file)),
                        loaded -> {
                            CompositionResult result = compose(loaded, contract);
                            var _ = show(loaded, result);
                            return result;
                        });
    }

    /// @return null where the schemas cannot be loaded
    private static @Nullable CompositionResult compose(
            Outcome<ComposeInput> loaded, Contract contract) {
        return switch (loaded) {
            case Outcome.Accepted<ComposeInput>(ComposeInput(var newest, var subgraphs)) ->
                    Composition.compose(subgraphs, newest, contract);
            case Outcome.Rejected<ComposeInput> _ -> null;
        };
    }

    private static Outcome<String> read(Path file) {
        return TextFile.read(file, "the configuration " + file);
    }

    /// @param text of the file, which is read only once: it may be a pipe
    private Outcome<ComposeInput> load(Path file, Outcome<String> text)
            throws InterruptedException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return switch (text.then(
                yaml -> CompositionConfiguration.read(yaml, file.toString(), environment))) {
            case Outcome.Accepted<CompositionConfiguration>(var read) ->
                    new LoadSchemas(folder, TIMEOUT).load(read);
            case Outcome.Rejected<CompositionConfiguration>(var issues) ->
                    new Outcome.Rejected<>(issues);
        };
    }

    private int show(Outcome<ComposeInput> loaded, @Nullable CompositionResult result)
            throws IOException {
        return switch (loaded) {
            case Outcome.Rejected<ComposeInput>(var issues) -> {
                if (format == Format.JSON) {
                    write(CompositionJson.rejected(issues).encode());
                } else {
                    print(List.of(), "error", issues);
                }
                yield REJECTED;
            }
            case Outcome.Accepted<ComposeInput>(var input) ->
                    result == null ? REJECTED : show(input.subgraphs(), result);
        };
    }

    private int show(List<SubgraphSource> sources, CompositionResult result) throws IOException {
        if (format == Format.JSON) {
            write(CompositionJson.of(result).encode());
        } else {
            print(sources, "hint", result.hints());
        }
        return switch (result) {
            case CompositionResult.Composed composed -> composed(composed);
            case CompositionResult.Rejected(var issues, _) -> {
                if (format == Format.SDL) {
                    print(sources, "error", issues);
                }
                yield REJECTED;
            }
        };
    }

    private int composed(CompositionResult.Composed composed) throws IOException {
        if (old != null) {
            return switch (ApiChanges.since(old, composed.apiSchemaSdl())) {
                case Outcome.Accepted<ApiChanges>(var changes) ->
                        changes.print(out()) ? REJECTED : COMPOSED;
                case Outcome.Rejected<ApiChanges>(var issues) -> wrong(issues.getFirst().message());
            };
        }
        if (format == Format.SDL) {
            write(composed.supergraphSdl());
        }
        return COMPOSED;
    }

    private void write(String text) throws IOException {
        String line = text.endsWith("\n") ? text : text + "\n";
        if (output == null || old != null) {
            out().print(line);
            out().flush();
        } else {
            TextFile.write(output, line);
        }
    }

    private void print(List<SubgraphSource> sources, String kind, List<Issue> issues) {
        IssueText text = new IssueText(sources);
        issues.forEach(issue -> err().println(text.of(kind, issue)));
        err().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private int wrong(String message) {
        err().println("trivium: " + message);
        err().flush();
        return WRONG_INPUT;
    }
}
