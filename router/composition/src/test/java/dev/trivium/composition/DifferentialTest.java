package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Composes written and generated subgraphs here and with the published npm package, and compares
/// the outcomes, codes, supergraphs and API schemas. The known differences, and why ours are right,
/// stand in `DIFFERENCES.md`.
///
/// `-Ddifferential.seeds=N` sets how many sets are generated, `-Ddifferential.from=N` the first.
@Tag("differential")
class DifferentialTest {
    private static final long SEEDS = Long.getLong("differential.seeds", 300);
    private static final long FROM = Long.getLong("differential.from", 0);

    /// Cases in which the package is wrong, see `DIFFERENCES.md`.
    private static final Set<String> KNOWN =
            Set.of("key-on-unknown-type", "satisfiability-key-through-destination");

    /// Cases that compose to another supergraph than with the package, see `DIFFERENCES.md`.
    private static final Set<String> OTHER_SUPERGRAPHS =
            Set.of(
                    "compose-directive-other-name",
                    "federation-1-field-lists",
                    "root-type-renamed",
                    "specification-types-executable-directives");

    private int crashes;
    private int known;
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private final List<String> supergraphs = new ArrayList<>();
    private final List<String> apiSchemas = new ArrayList<>();

    @Test
    void agreesWithThePublishedPackage() throws IOException, InterruptedException {
        try (NpmOracle oracle = NpmOracle.start()) {
            if (oracle == null) {
                System.out.println(
                        "NOT COMPARED with the npm package: Node or the npm registry is out of reach");
            }
            assumeTrue(oracle != null, "needs Node and the npm registry");
            Map<String, List<SubgraphSource>> cases = cases();
            for (Map.Entry<String, List<SubgraphSource>> each : cases.entrySet()) {
                compare(each.getKey(), each.getValue(), oracle);
            }
            System.out.printf(
                    "compared %d cases with the npm package: %d crash it, in %d it is known to be wrong, %d other outcomes, %d other codes, %d other supergraphs, %d other API schemas%n",
                    cases.size(),
                    crashes,
                    known,
                    outcomes.size(),
                    codes.size(),
                    supergraphs.size(),
                    apiSchemas.size());
            codes.forEach(System.out::println);
            assertThat(outcomes).as("other outcomes").isEmpty();
            assertThat(codes).as("other codes").hasSizeLessThanOrEqualTo(cases.size() / 100);
            assertThat(supergraphs).as("other supergraphs").isEmpty();
            assertThat(apiSchemas).as("other API schemas").isEmpty();
        }
    }

    private void compare(String name, List<SubgraphSource> sources, NpmOracle oracle)
            throws IOException {
        CompositionResult ours = Composition.compose(sources);
        var composed = ours instanceof CompositionResult.Composed result ? result : null;
        NpmOracle.Verdict theirs = oracle.compose(sources, composed);
        Set<String> own = codes(ours);
        if (theirs.crashed()) {
            crashes++;
            return;
        }
        if (KNOWN.contains(name) || isMissedBelowMutation(own, theirs, sources, oracle)) {
            known++;
            return;
        }
        String difference = name + ": ours " + own + ", theirs " + theirs.text();
        if (theirs.composed() != own.isEmpty()) {
            outcomes.add(difference);
        } else if (!theirs.codes().equals(own)) {
            codes.add(difference);
        } else if (composed != null) {
            if (!theirs.sameApiSchema()) {
                apiSchemas.add(name);
            }
            if (!theirs.sameSupergraph() && !OTHER_SUPERGRAPHS.contains(name)) {
                supergraphs.add(name);
            }
        }
    }

    /// The package takes what it has seen below one subgraph's shared mutation field for checked,
    /// even where the check failed. Without the mutations, it finds the same.
    private static boolean isMissedBelowMutation(
            Set<String> own,
            NpmOracle.Verdict theirs,
            List<SubgraphSource> sources,
            NpmOracle oracle)
            throws IOException {
        if (!theirs.composed() || !own.equals(Set.of("SATISFIABILITY_ERROR"))) {
            return false;
        }
        List<SubgraphSource> reduced =
                sources.stream().map(DifferentialTest::withoutMutations).toList();
        return !reduced.equals(sources) && oracle.compose(reduced, null).codes().equals(own);
    }

    private static SubgraphSource withoutMutations(SubgraphSource source) {
        if (!source.sdl().contains("type Mutation")
                || !(Parser.parseSchema(source.sdl(), source.name())
                        instanceof Outcome.Accepted<Document>(var document))) {
            return source;
        }
        List<Definition> kept =
                document.definitions().stream()
                        .filter(definition -> !Printer.print(definition).contains("type Mutation"))
                        .toList();
        return new SubgraphSource(source.name(), source.url(), Printer.print(new Document(kept)));
    }

    private static Set<String> codes(CompositionResult result) {
        Set<String> codes = new TreeSet<>();
        if (result instanceof CompositionResult.Rejected rejected) {
            rejected.issues().stream().map(Issue::code).forEach(codes::add);
        }
        return codes;
    }

    private static Map<String, List<SubgraphSource>> cases() throws IOException {
        Map<String, List<SubgraphSource>> cases = new LinkedHashMap<>();
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/cases"))) {
            for (Path folder : folders.sorted().toList()) {
                cases.put(folder.getFileName().toString(), CompositionCase.subgraphs(folder));
            }
        }
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            cases.put("seed " + seed, RandomSubgraphs.of(seed));
        }
        return cases;
    }
}
