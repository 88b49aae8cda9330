package dev.trivium.benchmarks.gateways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Gateways of others that are npm packages: `benchmarks/peers` has their versions and what starts
/// them. They are installed when one is asked for, and kept.
///
/// @param sources the folder `benchmarks/peers`
/// @param cache where they are installed
record NpmPeers(Path sources, Path cache) {

    /// @return the folder of the installed gateway
    Path install(String name) throws IOException, InterruptedException {
        var folder = Files.createDirectories(cache.resolve(name));
        var installed = folder.resolve("node_modules/.package-lock.json");
        var wanted = sources.resolve(name).resolve("package-lock.json");
        var stale =
                !Files.exists(installed)
                        || Files.mismatch(wanted, folder.resolve("package-lock.json")) >= 0;
        try (var files = Files.list(sources.resolve(name))) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (stale) {
            npmCi(name, folder);
        }
        return folder;
    }

    private static void npmCi(String name, Path folder) throws IOException, InterruptedException {
        System.err.println("installing " + name + " from npm ...");
        var log = folder.resolve("npm.log");
        var npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (npm.waitFor() != 0) {
            throw new IOException("npm cannot install " + name + ": see " + log);
        }
    }
}
