package dev.trivium.server;

import dev.trivium.language.Outcome;
import dev.trivium.planner.PlanPrinter;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.server.configuration.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `plan`: shows how an operation would be answered.
@Command(
        name = "plan",
        description = "Shows the query plan of an operation.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    private static final int REJECTED = 1;

    @Option(
            names = {"-s", "--supergraph"},
            paramLabel = "FILE",
            required = true,
            description = "the composed schema")
    private Path supergraph = Path.of("");

    @Option(
            names = {"-o", "--operation"},
            paramLabel = "FILE",
            required = true,
            description = "the GraphQL document")
    private Path operation = Path.of("");

    @Option(
            names = "--operation-name",
            paramLabel = "NAME",
            description = "which operation of the document, if it has several")
    private @Nullable String operationName;

    @Option(
            names = {"-f", "--format"},
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.text;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// In lower case, as they are typed.
    enum Format {
        text,
        json,
        mermaid
    }

    @Override
    public Integer call() {
        String sdl;
        String document;
        try {
            sdl = Files.readString(supergraph);
            document = Files.readString(operation);
        } catch (IOException e) {
            spec.commandLine().getErr().println("trivium: cannot read " + e.getMessage());
            return RouterCommand.WRONG_INPUT;
        }
        var printed =
                Schema.read(sdl, ConfigurationReader.defaults().limits())
                        .then(schema ->
                                schema.plan(document, operationName)
                                        .then(plan -> print(schema, plan)));
        return switch (printed) {
            case Outcome.Accepted<String>(var text) -> {
                spec.commandLine().getOut().println(text.stripTrailing());
                yield 0;
            }
            case Outcome.Rejected<String>(var issues) -> {
                spec.commandLine().getErr().println(ConfigurationReader.describe(issues));
                yield REJECTED;
            }
        };
    }

    private Outcome<String> print(Schema schema, QueryPlan plan) {
        var printer = new PlanPrinter(schema.supergraph());
        return new Outcome.Accepted<>(
                switch (format) {
                    case text -> printer.text(plan);
                    case json -> printer.json(plan);
                    case mermaid -> printer.mermaid(plan);
                });
    }
}
