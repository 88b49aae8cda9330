package dev.trivium.server.commands;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import dev.trivium.planner.Explanation;
import dev.trivium.planner.Explanation.Stage;
import dev.trivium.planner.FieldReason;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.PlanPrinter;
import dev.trivium.server.compose.TextFile;
import dev.trivium.server.configuration.ConfigurationReader;
import dev.trivium.server.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `plan`: shows how an operation would be answered, and why so.
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
            names = {"-n", "--name", "--operation-name"},
            paramLabel = "NAME",
            description = "which operation of the document, if it has several")
    private @Nullable String operationName;

    @Option(
            names = {"-f", "--format"},
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.text;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            arity = "0..1",
            fallbackValue = ALL_STAGES,
            description =
                    "what is made on the way: normalize, candidates, choice, fetches, plan; all of"
                            + " them where no name follows")
    private @Nullable String stage;

    @Option(
            names = "--why",
            paramLabel = "FIELD",
            description =
                    "why a field is fetched where it is: a path such as `me.events`, or `User.events`")
    private @Nullable String field;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "a label of progressive overrides that holds; may stand several times")
    private List<String> labels = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    private static final String ALL_STAGES = "all";

    /// In lower case, as they are typed.
    enum Format {
        text,
        json,
        mermaid
    }

    @Override
    public Integer call() {
        Set<Stage> stages = new HashSet<>();
        if (stage != null && !findStages(stage, stages)) {
            return wrong("there is no stage `" + stage + "`");
        }
        String sdl;
        String document;
        try {
            sdl = read(supergraph);
            document = read(operation);
        } catch (IOException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
        return switch (Schema.read(sdl, ConfigurationReader.defaults())) {
            case Outcome.Rejected<Schema>(var issues) -> rejected(supergraph, sdl, issues);
            case Outcome.Accepted<Schema>(var schema) ->
                    switch (schema.explain(
                            document, operationName, new PlanInputs(Set.copyOf(labels)))) {
                        case Outcome.Rejected<Explanation>(var issues) ->
                                rejected(operation, document, issues);
                        case Outcome.Accepted<Explanation>(var explanation) ->
                                print(new PlanPrinter(schema.supergraph()), explanation, stages);
                    };
        };
    }

    private static boolean findStages(String name, Set<Stage> stages) {
        for (Stage candidate : Stage.values()) {
            if (name.equals(ALL_STAGES) || candidate.name().equalsIgnoreCase(name)) {
                stages.add(candidate);
            }
        }
        return !stages.isEmpty();
    }

    private int print(PlanPrinter printer, Explanation explanation, Set<Stage> stages) {
        PrintWriter out = spec.commandLine().getOut();
        if (field != null) {
            List<FieldReason> reasons = explanation.why(field);
            if (reasons.isEmpty()) {
                return wrong("the plan fetches no field `" + field + "`");
            }
            out.println(reasons.stream().map(FieldReason::text).collect(Collectors.joining("\n")));
            return 0;
        }
        if (!stages.isEmpty()) {
            explanation
                    .stages()
                    .forEach((made, text) -> {
                        if (stages.contains(made)) {
                            out.println("== " + made.name().toLowerCase(Locale.ROOT));
                            out.println(text.stripTrailing());
                        }
                    });
            return 0;
        }
        String text =
                switch (format) {
                    case text -> printer.text(explanation.plan());
                    case json -> printer.json(explanation.plan());
                    case mermaid -> printer.mermaid(explanation.plan());
                };
        out.println(text.stripTrailing());
        return 0;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + TextFile.reason(e), e);
        }
    }

    private int wrong(String message) {
        spec.commandLine().getErr().println("trivium: " + message);
        return RouterCommand.WRONG_INPUT;
    }

    /// Prints each issue with the line that it is about, and a mark below the place.
    private int rejected(Path file, String text, List<Issue> issues) {
        PrintWriter err = spec.commandLine().getErr();
        List<String> lines = text.lines().toList();
        for (Issue issue : issues) {
            List<SourceLocation> known =
                    issue.locations().stream().filter(it -> it.line() > 0).toList();
            String place =
                    known.isEmpty()
                            ? file.toString()
                            : "%s:%d:%d"
                                    .formatted(
                                            file,
                                            known.getFirst().line(),
                                            known.getFirst().column());
            err.println(place + ": " + issue.message() + " [" + issue.code() + "]");
            for (SourceLocation at : known) {
                if (at.line() <= lines.size()) {
                    err.println("    " + lines.get(at.line() - 1).replace('\t', ' '));
                    err.println("    " + " ".repeat(Math.max(0, at.column() - 1)) + "^");
                }
            }
        }
        return REJECTED;
    }
}
