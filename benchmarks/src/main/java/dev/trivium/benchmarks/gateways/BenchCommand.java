package dev.trivium.benchmarks.gateways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./trivium bench`: gateways side by side, on this machine.
@Command(
        name = "bench",
        description =
                "Measures gateways side by side: processor time, throughput, latency, memory.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {
    /// How results are printed.
    enum Format {
        text,
        json
    }

    @Option(
            names = "--scenario",
            split = ",",
            defaultValue = "all",
            description = "deep, deep-latency, small, entities, or all")
    private List<String> scenarios = List.of();

    @Option(
            names = "--gateways",
            split = ",",
            defaultValue = "floor,trivium",
            description =
                    "floor, trivium, hive-gateway, apollo-gateway (from npm), or the name of a --gateway")
    private List<String> gateways = List.of();

    @Option(
            names = "--gateway",
            paramLabel = "NAME=PATH",
            description =
                    "a program that gets HOST, PORT and SUPERGRAPH_FILE_PATH in its environment,"
                            + " and answers at /graphql")
    private Map<String, Path> programs = new LinkedHashMap<>();

    @Option(names = "--format", defaultValue = "text", description = "text or json")
    private Format format = Format.text;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "6",
            description = "of a round of one gateway")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "10",
            description = "rounds at most that do not count, until a gateway has become fast")
    private int warmup;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "50")
    private int connections;

    @Option(names = "--root", hidden = true, required = true)
    private Path root = Path.of("");

    static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("trivium-bench-");
        var bench =
                new Bench(
                        folder,
                        new Gateways(root, folder, programs),
                        new Load(rounds, seconds, warmup, connections));
        var results = new LinkedHashMap<String, SequencedMap<String, Figures>>();
        for (var scenario : Scenario.named(scenarios)) {
            System.err.println("measuring " + scenario.name() + " ...");
            results.put(scenario.name(), bench.run(scenario, gateways));
        }
        delete(folder);
        var report = new Report(results);
        System.out.println(
                switch (format) {
                    case text -> report.text();
                    case json -> report.json();
                });
        return 0;
    }

    /// What remains after a failure are the logs.
    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
