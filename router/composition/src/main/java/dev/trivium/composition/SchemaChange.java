package dev.trivium.composition;

/// A change of a schema that clients may notice.
///
/// @param coordinate the changed element, `User.name`, `Query.user(id:)` or `@cacheControl`
/// @param message what has changed, for a person
public record SchemaChange(Severity severity, String coordinate, String message)
        implements Comparable<SchemaChange> {

    public enum Severity {
        /// Operations that were valid may not be any more, or may get other data.
        BREAKING,
        /// Operations stay valid, but clients may meet what they do not expect.
        DANGEROUS,
        /// Operations stay valid, and only those that ask for it meet what is new.
        SAFE
    }

    @Override
    public int compareTo(SchemaChange other) {
        int bySeverity = severity.compareTo(other.severity);
        if (bySeverity != 0) {
            return bySeverity;
        }
        int byCoordinate = coordinate.compareTo(other.coordinate);
        return byCoordinate != 0 ? byCoordinate : message.compareTo(other.message);
    }
}
