package dev.trivium.server.persisted;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The documents that are trusted. Immutable; a change of a file makes another one.
public final class Manifest {
    /// No document is trusted.
    public static final Manifest EMPTY = new Manifest(Map.of());

    static final String DUPLICATE_ID = "DUPLICATE_PERSISTED_ID";

    private final Map<Key, TrustedDocument> documents;
    private final Set<String> canonicals = new HashSet<>();
    private final Set<String> texts = new HashSet<>();

    /// @param clientName null for every client
    private record Key(String id, @Nullable String clientName) {}

    private Manifest(Map<Key, TrustedDocument> documents) {
        this.documents = documents;
        for (var document : documents.values()) {
            canonicals.add(document.canonical());
            texts.add(document.text());
        }
    }

    /// @return rejected where one id names several documents for one client
    public static Outcome<Manifest> of(List<TrustedDocument> all) {
        var documents = new LinkedHashMap<Key, TrustedDocument>();
        var issues = new ArrayList<Issue>();
        for (var document : all) {
            var key = new Key(document.id(), document.clientName());
            var other = documents.putIfAbsent(key, document);
            if (other != null && !other.canonical().equals(document.canonical())) {
                var message = "the id %s names two different documents".formatted(key.id());
                issues.add(new Issue(DUPLICATE_ID, message, List.of()));
            }
        }
        return issues.isEmpty() ? new Accepted<>(new Manifest(documents)) : new Rejected<>(issues);
    }

    /// What an id means to a client: its own document, or else one for all clients.
    public @Nullable TrustedDocument find(String id, @Nullable String clientName) {
        if (clientName != null) {
            var own = documents.get(new Key(id, clientName));
            if (own != null) {
                return own;
            }
        }
        return documents.get(new Key(id, null));
    }

    /// Whether a trusted document has this very text.
    boolean hasText(String text) {
        return texts.contains(text);
    }

    /// Whether a trusted document says the same.
    boolean hasCanonical(String canonical) {
        return canonicals.contains(canonical);
    }

    public boolean isEmpty() {
        return documents.isEmpty();
    }

    /// In the order of the files.
    public List<TrustedDocument> documents() {
        return List.copyOf(documents.values());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Manifest manifest && manifest.documents.equals(documents);
    }

    @Override
    public int hashCode() {
        return documents.hashCode();
    }
}
