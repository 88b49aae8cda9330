package dev.trivium.benchmarks.gateways;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What clients ask for.
///
/// @param name what the command calls it
/// @param resource the text of the operation
/// @param latencyMillis how long the subgraphs wait before they answer
record Scenario(String name, String resource, int latencyMillis) {

    /// All that can be measured: the operation of the public gateway benchmarks, the same with slow
    /// subgraphs, a query of one subgraph, and a thousand entities of two subgraphs.
    static final List<Scenario> ALL =
            List.of(
                    new Scenario("deep", "/planning/operation.graphql", 0),
                    new Scenario("deep-latency", "/planning/operation.graphql", 4),
                    new Scenario("small", "/gateways/operations/small.graphql", 0),
                    new Scenario("entities", "/gateways/operations/entities.graphql", 0));

    /// @param names those of scenarios, or `all`
    static List<Scenario> named(List<String> names) {
        return names.contains("all") ? ALL : names.stream().map(Scenario::named).toList();
    }

    private static Scenario named(String name) {
        return ALL.stream()
                .filter(it -> it.name.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no scenario '%s', only %s and all"
                                        .formatted(
                                                name, ALL.stream().map(Scenario::name).toList())));
    }

    String operation() throws IOException {
        return text(resource);
    }

    static String text(String resource) throws IOException {
        try (var in = Scenario.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
