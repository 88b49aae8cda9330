package dev.trivium.server.configuration;

/// The page that a browser gets at `/graphql`.
///
/// @param enabled whether there is one
/// @param queryPlans whether the page may read the query plan of what it sends, and what came of
///   each fetch; for development, since plans tell what is behind the router
public record ExplorerSettings(boolean enabled, boolean queryPlans) {

    static ExplorerSettings read(Section section) {
        return new ExplorerSettings(
                section.flag("enabled", "Whether a browser gets a page at /graphql.", true),
                section.flag(
                        "query_plans",
                        "Whether that page shows query plans and the fetches' times; for"
                                + " development.",
                        false));
    }

    /// Whether requests may ask to be recorded.
    public boolean traces() {
        return enabled && queryPlans;
    }

    ExplorerSettings withQueryPlans() {
        return new ExplorerSettings(enabled, true);
    }
}
