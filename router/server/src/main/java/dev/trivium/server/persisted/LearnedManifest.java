package dev.trivium.server.persisted;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Printer;
import dev.trivium.server.compose.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A manifest that grows while clients are used, for a person to review: in Apollo's format, sorted
/// by client and name. What the file holds at the start stays.
///
/// Written a second after a change, with all that came meanwhile, in one step, so that a reader
/// never finds a part of it.
final class LearnedManifest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LearnedManifest.class);

    private static final int MOST_DOCUMENTS = 5_000;
    private static final long MOST_CHARACTERS = 16L * 1024 * 1024;
    private static final long DELAY_MILLISECONDS = 1_000;

    private final Path file;
    private final List<TrustedDocument> documents;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("learned-manifest").factory());
    private long characters;
    private boolean writePending;
    private boolean full;

    private LearnedManifest(Path file, List<TrustedDocument> documents) {
        this.file = file;
        this.documents = new ArrayList<>(documents);
        this.characters = documents.stream().mapToLong(it -> it.text().length()).sum();
    }

    /// @return null where the file holds something else, which is not touched
    static @Nullable LearnedManifest open(Path file) {
        if (!Files.exists(file)) {
            return new LearnedManifest(file, List.of());
        }
        return switch (ManifestReader.read(List.of(file))) {
            case Outcome.Accepted<Manifest>(var manifest) ->
                    new LearnedManifest(file, manifest.documents());
            case Outcome.Rejected<Manifest>(var issues) -> {
                LOG.error("Nothing is learned, since the file holds something else: {}", issues);
                yield null;
            }
        };
    }

    /// @param document a valid one
    synchronized void add(Document document, @Nullable String clientName) {
        var text = Printer.print(document);
        if (!(TrustedDocument.of(Sha256.hex(text), text, clientName, null)
                        instanceof Outcome.Accepted<TrustedDocument>(var learned))
                || documents.contains(learned)) {
            return;
        }
        if (documents.size() == MOST_DOCUMENTS || characters + text.length() > MOST_CHARACTERS) {
            if (!full) {
                LOG.warn("{} is full, nothing more is learned", file);
            }
            full = true;
            return;
        }
        documents.add(learned);
        characters += text.length();
        if (!writePending) {
            writePending = true;
            var _ = thread.schedule(this::write, DELAY_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        try {
            TextFile.write(file, snapshot());
        } catch (IOException e) {
            LOG.warn("What was learned is lost with this process: {}", e.getMessage());
        }
    }

    private synchronized String snapshot() {
        writePending = false;
        return ManifestWriter.apollo(documents);
    }

    private synchronized boolean isWritePending() {
        return writePending;
    }

    /// Writes what is not written yet.
    @Override
    public void close() {
        thread.shutdownNow();
        if (isWritePending()) {
            write();
        }
    }
}
