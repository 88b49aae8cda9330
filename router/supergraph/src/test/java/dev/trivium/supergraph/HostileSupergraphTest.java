package dev.trivium.supergraph;

import static dev.trivium.supergraph.Supergraphs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the text, the reader accepts it or says what is wrong with it.
class HostileSupergraphTest {
    private static final int ROUNDS = 500;
    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_]*|[@{}()\\[\\]:!=|]|\\s+");

    @ParameterizedTest
    @ValueSource(strings = {"join-0.3", "join-0.1", "all-specs"})
    void survivesMutatedTexts(String name) {
        List<String> tokens = tokens(text(name));
        Random random = new Random(7);

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        judge(mutated(tokens, random));
                    }
                });
    }

    /// What is accepted must hold for the steps that follow.
    private static void judge(String sdl) {
        switch (SupergraphReader.read(sdl)) {
            case Outcome.Rejected<Supergraph>(var issues) -> assertThat(issues).isNotEmpty();
            case Outcome.Accepted<Supergraph>(var supergraph) ->
                    assertThat(ClientSchema.of(ApiSchema.of(supergraph))).isNotNull();
        }
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static String mutated(List<String> tokens, Random random) {
        List<String> mutated = new ArrayList<>(tokens);
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(mutated.size());
            String other = tokens.get(random.nextInt(tokens.size()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.remove(at);
                case 1 -> mutated.add(at, other);
                case 2 -> mutated.set(at, other);
                default -> mutated.set(at, kin(tokens, mutated.get(at), random));
            }
        }
        return String.join("", mutated);
    }

    /// A token of the same kind: such texts stay grammatical more often.
    private static String kin(List<String> tokens, String token, Random random) {
        for (int tries = 0; tries < 20; tries++) {
            String other = tokens.get(random.nextInt(tokens.size()));
            if (Character.isJavaIdentifierStart(other.charAt(0))
                            == Character.isJavaIdentifierStart(token.charAt(0))
                    && (other.charAt(0) == '"') == (token.charAt(0) == '"')) {
                return other;
            }
        }
        return token;
    }

    @Test
    void survivesCyclesOfLinks() {
        judge(
                """
                schema @link(url: "https://specs.apollo.dev/link/v1.0", as: "join")
                  @join(url: "https://specs.apollo.dev/join/v0.3", as: "join")
                  @join(url: "", as: "") @join @join(url: 1, import: {a: [null]}) { query: Q }
                type Q @join__type(graph: A) { a: Int }
                enum join__Graph { A @join__graph(name: "a", url: "") A @join__graph }
                """);
    }
}
