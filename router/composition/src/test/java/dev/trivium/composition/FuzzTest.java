package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// No input makes composition throw or hang: generated subgraphs, and the same with parts of their
/// text cut, doubled or exchanged.
class FuzzTest {
    private static final long SEEDS = Long.getLong("fuzz.seeds", 400);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> TOKENS =
            List.of(
                    "{",
                    "}",
                    "(",
                    ")",
                    "@",
                    "@key",
                    ":",
                    "!",
                    "[",
                    "\"",
                    "\"\"\"",
                    "type",
                    "extend",
                    "schema",
                    "Query",
                    "federation__",
                    "@link(url: \"https://specs.apollo.dev/federation/v2.9\")",
                    "\\u0000",
                    "&",
                    "|",
                    "=",
                    "null",
                    "-1",
                    "1e99999",
                    "$x",
                    "...",
                    "#",
                    "\uFEFF",
                    "interface",
                    "directive @x on OBJECT",
                    "id");

    @Test
    void generatedSubgraphsHaveAnOutcome() {
        for (long seed = 100_000; seed < 100_000 + SEEDS; seed++) {
            List<SubgraphSource> sources = RandomSubgraphs.of(seed);
            compose(seed, sources);
            compose(seed, damaged(sources, new Random(seed)));
        }
    }

    private static void compose(long seed, List<SubgraphSource> sources) {
        CompositionResult result =
                assertTimeoutPreemptively(
                        LIMIT, () -> Composition.compose(sources), () -> "seed " + seed);
        assertThat(result.hints()).doesNotContainNull();
    }

    private static List<SubgraphSource> damaged(List<SubgraphSource> sources, Random random) {
        List<SubgraphSource> damaged = new ArrayList<>(sources);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int index = random.nextInt(damaged.size());
            SubgraphSource source = damaged.get(index);
            damaged.set(
                    index,
                    new SubgraphSource(source.name(), source.url(), damaged(source.sdl(), random)));
        }
        return damaged;
    }

    private static String damaged(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(40));
        String token = TOKENS.get(random.nextInt(TOKENS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, to) + text.substring(from);
            case 2 -> text.substring(0, from) + " " + token + " " + text.substring(from);
            default -> text.substring(0, from) + token + text.substring(to);
        };
    }
}
