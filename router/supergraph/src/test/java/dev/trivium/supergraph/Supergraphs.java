package dev.trivium.supergraph;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The supergraphs of the tests.
final class Supergraphs {
    private Supergraphs() {}

    static String text(String name) {
        try (InputStream stream =
                Supergraphs.class.getResourceAsStream("/supergraphs/" + name + ".graphql")) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static Supergraph read(String sdl) {
        return switch (SupergraphReader.read(sdl)) {
            case Outcome.Accepted<Supergraph>(var supergraph) -> supergraph;
            case Outcome.Rejected<Supergraph>(var issues) -> throw new AssertionError(issues);
        };
    }

    static List<Issue> issues(String sdl) {
        return switch (SupergraphReader.read(sdl)) {
            case Outcome.Accepted<Supergraph>(var supergraph) ->
                    throw new AssertionError(supergraph);
            case Outcome.Rejected<Supergraph>(var issues) -> issues;
        };
    }
}
