package dev.trivium.language;

/// The kinds of operation, and of root type.
public enum OperationType {
    QUERY("query", "Query"),
    MUTATION("mutation", "Mutation"),
    SUBSCRIPTION("subscription", "Subscription");

    private final String keyword;
    private final String defaultTypeName;

    OperationType(String keyword, String defaultTypeName) {
        this.keyword = keyword;
        this.defaultTypeName = defaultTypeName;
    }

    /// As written in a document, `query`.
    public String keyword() {
        return keyword;
    }

    /// The name of the root type where no schema definition says otherwise, `Query`.
    public String defaultTypeName() {
        return defaultTypeName;
    }
}
