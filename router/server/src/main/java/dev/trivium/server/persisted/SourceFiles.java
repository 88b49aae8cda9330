package dev.trivium.server.persisted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The files below a folder, in the order of their names.
final class SourceFiles {
    private SourceFiles() {}

    /// What stands in the `.graphql` and `.gql` files of a folder and of those in it.
    static List<SourceText> graphQl(Path folder) throws IOException {
        var texts = new ArrayList<SourceText>();
        for (var file : below(folder, SourceFiles::isGraphQl)) {
            texts.add(new SourceText(file.toString(), Files.readString(file)));
        }
        return texts;
    }

    static boolean isGraphQl(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".graphql") || name.endsWith(".gql");
    }

    /// Names that begin with a dot, and what package managers and builds put there, do not count.
    static List<Path> below(Path folder, Predicate<Path> wanted) throws IOException {
        try (var files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> isSource(folder.relativize(file)))
                    .filter(wanted)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isSource(Path relative) {
        for (var part : relative) {
            var name = part.toString();
            if (name.startsWith(".")
                    || name.equals("node_modules")
                    || name.equals("target")
                    || name.equals("build")) {
                return false;
            }
        }
        return true;
    }
}
