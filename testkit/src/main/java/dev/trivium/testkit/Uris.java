package dev.trivium.testkit;

/// Connection strings, which may list several hosts and so are not always URIs.
final class Uris {
    private Uris() {}

    /// The same connection string for another database or virtual host.
    static String withPath(String uri, String path) {
        int authority = uri.indexOf("://") + 3;
        int query = uri.indexOf('?', authority);
        int slash = uri.indexOf('/', authority);
        int end = slash >= 0 ? slash : query >= 0 ? query : uri.length();
        return uri.substring(0, end) + "/" + path + (query >= 0 ? uri.substring(query) : "");
    }
}
