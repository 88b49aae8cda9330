package dev.trivium.benchmarks;

import java.util.LinkedHashSet;
import java.util.Set;

/// A supergraph of entities that refer to each other, each in some of the subgraphs, and operations
/// of any size on it.
final class LargeSupergraph {
    private static final int FIELDS = 20;
    private static final int REFERENCES = 4;
    private static final int DEPTH = 3;

    /// Subgraphs of a type follow each other at this distance.
    private static final int STRIDE = 7;

    private static final String HEADER =
            """
            schema
              @link(url: "https://specs.apollo.dev/link/v1.0")
              @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
            """;

    private final int subgraphs;
    private final int types;

    LargeSupergraph(int subgraphs, int types) {
        this.subgraphs = subgraphs;
        this.types = types;
    }

    String sdl() {
        StringBuilder out = new StringBuilder(HEADER).append("enum join__Graph {");
        for (int s = 0; s < subgraphs; s++) {
            out.append(" S%d @join__graph(name: \"s%d\", url: \"\")".formatted(s, s));
        }
        out.append(" }\ntype Query");
        for (int s = 0; s < subgraphs; s++) {
            out.append(" @join__type(graph: S%d)".formatted(s));
        }
        out.append(" {\n");
        for (int t = 0; t < types; t++) {
            out.append("  t%d: T%d @join__field(graph: S%d)\n".formatted(t, t, home(t, 0)));
        }
        out.append("}\n");
        for (int t = 0; t < types; t++) {
            type(t, out);
        }
        return out.toString();
    }

    private int home(int type, int number) {
        return (type + number * STRIDE) % subgraphs;
    }

    private int target(int type, int reference) {
        return (type * 3 + reference * 5 + 1) % types;
    }

    /// The subgraphs of a type's own fields, and those of fields that refer to it.
    private Set<Integer> homes(int type) {
        Set<Integer> homes = new LinkedHashSet<>();
        for (int i = 0; i < REFERENCES; i++) {
            homes.add(home(type, i));
        }
        for (int t = 0; t < types; t++) {
            for (int i = 0; i < REFERENCES; i++) {
                if (target(t, i) == type) {
                    homes.add(home(t, i));
                }
            }
        }
        return homes;
    }

    /// A third of the fields are shared by two subgraphs.
    private void type(int type, StringBuilder out) {
        out.append("type T").append(type);
        for (int s : homes(type)) {
            out.append(" @join__type(graph: S%d, key: \"id\")".formatted(s));
        }
        out.append(" {\n  id: ID!\n");
        for (int f = 0; f < FIELDS; f++) {
            out.append("  f%d: String @join__field(graph: S%d)".formatted(f, home(type, f % 4)));
            if (f % 3 == 0) {
                out.append(" @join__field(graph: S%d)".formatted(home(type, (f + 1) % 4)));
            }
            out.append('\n');
        }
        for (int r = 0; r < REFERENCES; r++) {
            String target = r % 2 == 0 ? "[T%d]" : "T%d";
            out.append("  r%d: %s".formatted(r, target.formatted(target(type, r))));
            out.append(" @join__field(graph: S%d)\n".formatted(home(type, r)));
        }
        out.append("}\n");
    }

    /// @param size about how many fields it selects
    String operation(int size) {
        StringBuilder out = new StringBuilder("{");
        int count = 0;
        for (int t = 0; count < size; t++) {
            out.append(" a%d: t%d".formatted(t, t % types));
            count += 1 + select(t % types, size - count, 0, out);
        }
        return out.append(" }").toString();
    }

    private int select(int type, int left, int depth, StringBuilder out) {
        out.append(" {");
        int count = 0;
        for (; count < 8; count++) {
            out.append(" f").append((count * 3 + depth) % FIELDS);
        }
        for (int i = 0; i < 2 && depth < DEPTH && count < left; i++) {
            int reference = (i * 2 + depth) % REFERENCES;
            out.append(" r").append(reference);
            count += 1 + select(target(type, reference), left - count, depth + 1, out);
        }
        out.append(" }");
        return count;
    }
}
