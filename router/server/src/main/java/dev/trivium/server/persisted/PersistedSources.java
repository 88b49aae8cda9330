package dev.trivium.server.persisted;

import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The operations of clients' source folders, as a manifest lists them.
public final class PersistedSources {
    private static final long LARGEST = 4L * 1024 * 1024;
    private static final Set<String> WITH_TEMPLATES =
            Set.of("ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "svelte");
    private static final Set<String> WITH_TEXT_BLOCKS = Set.of("kt", "kts", "java", "swift");

    private PersistedSources() {}

    /// @param roots folders, or single files
    /// @param validate judges a document by the schema
    /// @return rejected with the places in the files
    public static Outcome<List<TrustedDocument>> read(
            List<Path> roots, Function<Document, List<Issue>> validate) throws IOException {
        var texts = new ArrayList<SourceText>();
        for (var root : roots) {
            for (var file : SourceFiles.below(root, PersistedSources::isSource)) {
                texts.addAll(texts(file));
            }
        }
        return SourceOperations.collect(texts)
                .then(collected -> {
                    var issues = new ArrayList<Issue>();
                    for (var operation : collected.operations()) {
                        validate.apply(operation.document()).stream()
                                .map(collected.places()::placed)
                                .filter(issue -> !issues.contains(issue))
                                .forEach(issues::add);
                    }
                    return issues.isEmpty()
                            ? new Accepted<>(
                                    collected.operations().stream()
                                            .map(SourceOperation::trusted)
                                            .toList())
                            : new Rejected<>(issues);
                });
    }

    /// A client often keeps a copy of the schema beside its operations.
    private static boolean isSource(Path file) {
        var extension = extension(file);
        return (SourceFiles.isGraphQl(file) && !file.endsWith("schema.graphql"))
                || WITH_TEMPLATES.contains(extension)
                || WITH_TEXT_BLOCKS.contains(extension);
    }

    private static List<SourceText> texts(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            return List.of();
        }
        var source = Files.readString(file);
        if (SourceFiles.isGraphQl(file)) {
            return List.of(new SourceText(file.toString(), source));
        }
        return WITH_TEMPLATES.contains(extension(file))
                ? EmbeddedDocuments.inTemplates(file.toString(), source)
                : EmbeddedDocuments.inTextBlocks(file.toString(), source);
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
