package dev.trivium.starter;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list, in the shape of the Relay connection specification.
public record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {
    public Connection {
        edges = List.copyOf(edges);
    }

    /// An item and its place in the list.
    public record Edge<T>(String cursor, T node) {}

    /// How to go on from a page.
    public record PageInfo(@Nullable String endCursor, boolean hasNextPage) {}

    /// Makes the page of what the store found.
    ///
    /// @param found up to [PageRequest#lookahead] items in list order
    public static <T> Connection<T> of(
            List<T> found, PageRequest page, Cursors cursors, Function<T, Position> position) {
        List<Edge<T>> edges =
                found.stream()
                        .limit(page.size())
                        .map(item -> new Edge<>(cursors.write(position.apply(item)), item))
                        .toList();
        String end = edges.isEmpty() ? null : edges.getLast().cursor();
        return new Connection<>(edges, new PageInfo(end, found.size() > page.size()));
    }

    public static <T> Connection<T> empty() {
        return new Connection<>(List.of(), new PageInfo(null, false));
    }

    /// The same page with each item shown in another form.
    public <R> Connection<R> map(Function<T, R> form) {
        return new Connection<>(
                edges.stream()
                        .map(edge -> new Edge<>(edge.cursor(), form.apply(edge.node())))
                        .toList(),
                pageInfo);
    }
}
