package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Selection;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.planner.proof.PlanChecker;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A folder below `cases/`: `supergraph.graphql`, `operation.graphql`, and the expected `plan.txt`.
///
/// A case without a supergraph of its own names the folder that has it in `supergraph.txt`.
record PlanCase(Path folder) {
    static final String PLAN = "plan.txt";
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Set<String> FILES =
            Set.of("supergraph.graphql", "supergraph.txt", "operation.graphql", PLAN);

    static List<PlanCase> all() {
        return list(CASES).map(PlanCase::new).toList();
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    List<String> orphans() {
        return list(folder)
                .map(path -> path.getFileName().toString())
                .filter(file -> !FILES.contains(file))
                .toList();
    }

    String read(String file) {
        return read(folder.resolve(file));
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Supergraph supergraph() {
        Path file =
                has("supergraph.txt")
                        ? folder.resolve(read("supergraph.txt").strip())
                        : folder.resolve("supergraph.graphql");
        return value(SupergraphReader.read(read(file)));
    }

    QueryPlan plan(Supergraph supergraph) {
        return plan(supergraph, read("operation.graphql"));
    }

    /// Plans, and checks the plan.
    static QueryPlan plan(Supergraph supergraph, String operation) {
        Planner planner = new Planner(supergraph);
        Document document = parse(operation);
        QueryPlan plan =
                value(
                        planner.normalizeWithDefer(document, null)
                                .then(it -> planner.plan(it, PlanInputs.NONE)));
        var problems = new PlanChecker(supergraph).problems(plan, document, null, Set.of());
        assertThat(problems).as(new PlanPrinter(supergraph).text(plan)).isEmpty();
        return plan;
    }

    static Document parse(String operation) {
        return value(Parser.parseOperation(operation, ParserLimits.DEFAULT));
    }

    static List<Selection> selections(String fieldSet) {
        return value(Parser.parseSelections(fieldSet));
    }

    static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Accepted<T>(var value) -> value;
            case Rejected<T>(var issues) -> {
                assertThat(issues).isEmpty();
                throw new AssertionError();
            }
        };
    }
}
