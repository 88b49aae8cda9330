package dev.trivium.benchmarks.gateways;

import dev.trivium.composition.Composition;
import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.SubgraphSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Measures each scenario: starts all that it needs, and stops it.
final class Bench {
    private static final List<String> SUBGRAPHS =
            List.of("accounts", "inventory", "products", "reviews");

    private final Path folder;
    private final Gateways gateways;
    private final Load load;
    private final InMemoryGraph graph = new InMemoryGraph();

    /// @param folder for files, logs among them
    Bench(Path folder, Gateways gateways, Load load) {
        this.folder = folder;
        this.gateways = gateways;
        this.load = load;
    }

    /// @param names of gateways
    SequencedMap<String, Figures> run(Scenario scenario, List<String> names) throws Exception {
        int port = Gateways.freePort();
        try (var subgraphs =
                        helper(
                                Subgraphs.class,
                                String.valueOf(port),
                                String.valueOf(scenario.latencyMillis()));
                var generator = helper(LoadGenerator.class)) {
            var run = new ScenarioRun(subgraphs, generator, load, scenario.operation(), graph);
            var processes = new LinkedHashMap<Gateway, RunningProcess>();
            try {
                for (var gateway : configure(scenario, names, port)) {
                    processes.put(gateway, start(gateway));
                }
                for (var entry : processes.entrySet()) {
                    run.await(entry.getKey(), entry.getValue());
                }
                var figures = new LinkedHashMap<String, Figures>();
                run.measure(processes).forEach((gateway, it) -> figures.put(gateway.name(), it));
                return figures;
            } finally {
                processes.values().forEach(RunningProcess::close);
            }
        }
    }

    private RunningProcess helper(Class<?> main, String... arguments) throws IOException {
        var name = main.getSimpleName();
        var command = Gateways.java(main, List.of(arguments));
        return RunningProcess.startHelper(name, command, folder.resolve(name + ".log"));
    }

    private RunningProcess start(Gateway gateway) throws IOException {
        return RunningProcess.start(
                gateway.name(),
                gateway.command(),
                gateway.environment(),
                folder.resolve(gateway.name() + ".log"));
    }

    private List<Gateway> configure(Scenario scenario, List<String> names, int port)
            throws IOException, InterruptedException {
        var supergraph = supergraph(port);
        var file = Files.writeString(folder.resolve("supergraph.graphql"), supergraph);
        var script = FloorScript.record(supergraph, scenario.operation(), graph);
        var configured = new ArrayList<Gateway>();
        for (var name : names) {
            configured.add(gateways.named(name, file, script));
        }
        return configured;
    }

    /// The composed schema of subgraphs at a port.
    static String supergraph(int port) throws IOException {
        var sources = new ArrayList<SubgraphSource>();
        for (var name : SUBGRAPHS) {
            sources.add(
                    new SubgraphSource(
                            name,
                            "http://127.0.0.1:%d/%s".formatted(port, name),
                            Scenario.text("/gateways/subgraphs/%s.graphql".formatted(name))));
        }
        return switch (Composition.compose(sources)) {
            case CompositionResult.Composed composed -> composed.supergraphSdl();
            case CompositionResult.Rejected(var issues, _) ->
                    throw new IllegalStateException(issues.toString());
        };
    }
}
