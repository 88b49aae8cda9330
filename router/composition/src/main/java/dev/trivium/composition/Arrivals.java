package dev.trivium.composition;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Every place that fetches reach at a position, by the operation's own field or from there by a
/// move.
///
/// @param vertices by number, each once
/// @param resumable those to which a fetch can come back after one elsewhere: where a move led, or
///   where the subgraph's own key does
record Arrivals(Vertex[] vertices, BitSet resumable) {

    static Arrivals of(List<Vertex> starts, Reachability reachability) {
        BitSet seen = new BitSet();
        BitSet entered = new BitSet();
        Vertex[] vertices = new Vertex[starts.size()];
        int count = 0;
        for (Vertex start : starts) {
            for (Vertex vertex : reachability.from(start)) {
                if (vertex != start || vertex.type.locallyKeyed) {
                    entered.set(vertex.id);
                }
                if (!seen.get(vertex.id)) {
                    seen.set(vertex.id);
                    if (count == vertices.length) {
                        vertices = Arrays.copyOf(vertices, count * 2);
                    }
                    vertices[count++] = vertex;
                }
            }
        }
        vertices = Arrays.copyOf(vertices, count);
        Arrays.sort(vertices, (a, b) -> Integer.compare(a.id, b.id));
        BitSet resumable = new BitSet(count);
        for (int i = 0; i < count; i++) {
            resumable.set(i, entered.get(vertices[i].id));
        }
        return new Arrivals(vertices, resumable);
    }

    /// Whether everything that can be fetched after other arrivals can be fetched after these.
    boolean covers(Arrivals others) {
        int next = 0;
        for (int i = 0; i < others.vertices.length; i++) {
            Vertex other = others.vertices[i];
            while (next < vertices.length && vertices[next].id < other.id) {
                next++;
            }
            if (next == vertices.length
                    || vertices[next] != other
                    || (others.resumable.get(i) && !resumable.get(next))) {
                return false;
            }
        }
        return true;
    }
}
