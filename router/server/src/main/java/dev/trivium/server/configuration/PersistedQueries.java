package dev.trivium.server.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which documents clients may send, and by which names.
///
/// @param manifests files and folders, read as one
/// @param pollInterval how often they are looked at for a change
/// @param cacheControl the header of an answer without errors to a GET request of an anonymous
///   client by path; empty for none
/// @param learn where unknown operations are written, or null
public record PersistedQueries(
        Mode mode,
        List<Path> manifests,
        Duration pollInterval,
        String cacheControl,
        @Nullable Path learn) {

    /// What becomes of a document that a client sends as text. Ids work in every mode.
    public enum Mode {
        /// It is executed.
        OFF,
        /// It is executed; if it is in no manifest, the log says so, once.
        LOG_UNKNOWN,
        /// It is executed if it is in a manifest.
        ENFORCE,
        /// It is refused.
        REQUIRE_ID
    }
}
