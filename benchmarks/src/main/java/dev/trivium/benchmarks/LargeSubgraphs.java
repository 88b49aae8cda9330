package dev.trivium.benchmarks;

import dev.trivium.composition.SubgraphSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes a large set of subgraphs that compose, always the same for the same numbers: what a
/// company with many teams has. A third of the types are entities shared by 2 to 8 subgraphs, every
/// tenth entity has two keys, every twentieth field of an entity has `@requires`.
record LargeSubgraphs(int subgraphs, int typesPerSubgraph) {
    private static final int FIELDS = 8;
    private static final int MOST_OWNERS = 8;
    private static final List<String> SCALARS =
            List.of("String", "Int", "Float!", "Boolean", "ID!");

    /// An entity and the subgraphs that define it.
    private record Entity(int number, List<Integer> owners) {
        String name() {
            return "Entity" + number;
        }

        boolean hasTwoKeys() {
            return number % 10 == 0;
        }
    }

    List<SubgraphSource> sources() {
        List<List<Entity>> entitiesBySubgraph = share();
        List<SubgraphSource> sources = new ArrayList<>();
        for (int subgraph = 0; subgraph < subgraphs; subgraph++) {
            sources.add(
                    new SubgraphSource(
                            "subgraph" + subgraph,
                            "http://127.0.0.1/" + subgraph,
                            sdl(subgraph, entitiesBySubgraph.get(subgraph))));
        }
        return sources;
    }

    private List<List<Entity>> share() {
        List<List<Entity>> bySubgraph = new ArrayList<>();
        for (int i = 0; i < subgraphs; i++) {
            bySubgraph.add(new ArrayList<>());
        }
        int places = subgraphs * typesPerSubgraph / 3;
        for (int number = 0, placed = 0; placed < places; number++) {
            int owners = Math.min(subgraphs, 2 + number % (MOST_OWNERS - 1));
            Entity entity = new Entity(number, new ArrayList<>());
            for (int i = 0; i < owners; i++) {
                int owner = (placed + i) % subgraphs;
                entity.owners().add(owner);
                bySubgraph.get(owner).add(entity);
            }
            placed += owners;
        }
        return bySubgraph;
    }

    private String sdl(int subgraph, List<Entity> entities) {
        StringBuilder sdl = new StringBuilder();
        sdl.append(
                """
                extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@external", "@requires", "@tag"])

                """);
        sdl.append("type Query {\n");
        for (Entity entity : entities) {
            if (entity.owners().getFirst() == subgraph) {
                String name = entity.name();
                sdl.append("  %s(id: ID!): %s\n".formatted(name.toLowerCase(Locale.ROOT), name));
            }
        }
        sdl.append("  ping%d: Local%d_0\n}\n\n".formatted(subgraph, subgraph));
        entities.forEach(entity -> sdl.append(entity(subgraph, entity, entities)));
        for (int i = entities.size(); i < typesPerSubgraph; i++) {
            sdl.append(local(subgraph, i - entities.size()));
        }
        return sdl.toString();
    }

    private static String entity(int subgraph, Entity entity, List<Entity> siblings) {
        StringBuilder text = new StringBuilder();
        text.append("\"An entity of %d subgraphs.\"\n".formatted(entity.owners().size()));
        text.append("type ").append(entity.name()).append(" @key(fields: \"id\")");
        text.append(entity.hasTwoKeys() ? " @key(fields: \"code\")" : "").append(" {\n  id: ID!\n");
        if (entity.hasTwoKeys()) {
            text.append("  code: String! @tag(name: \"keys\")\n");
        }
        int position = entity.owners().indexOf(subgraph);
        int previous =
                entity.owners()
                        .get((position + entity.owners().size() - 1) % entity.owners().size());
        boolean requires = false;
        for (int field = 0; field < FIELDS; field++) {
            String type = fieldType(subgraph, entity, field, siblings);
            text.append("  f%d_%d: %s".formatted(subgraph, field, type));
            if ((entity.number() * FIELDS + position * FIELDS + field) % 20 == 19) {
                text.append(" @requires(fields: \"f%d_0\")".formatted(previous));
                requires = true;
            }
            text.append('\n');
        }
        if (requires) {
            text.append("  f%d_0: String @external\n".formatted(previous));
        }
        return text.append("}\n\n").toString();
    }

    private static String fieldType(int subgraph, Entity entity, int field, List<Entity> siblings) {
        if (field == 0) {
            return "String";
        }
        if (field % 4 == 1) {
            return siblings.get((siblings.indexOf(entity) + field) % siblings.size()).name();
        }
        return field % 4 == 2
                ? "[Local%d_%d!]!".formatted(subgraph, 4 * (entity.number() % 4))
                : SCALARS.get((entity.number() + field) % SCALARS.size());
    }

    private static String local(int subgraph, int number) {
        String name = "Local%d_%d".formatted(subgraph, number);
        return switch (number % 4) {
            case 1 -> "enum %s { ONE TWO THREE }\n\n".formatted(name);
            case 2 -> "input %s { first: Int = %d after: String }\n\n".formatted(name, number);
            case 3 ->
                    """
                    interface %1$s { label: String! }

                    type %1$sA implements %1$s { label: String! size(unit: Local%2$d_%3$d): Int }

                    """
                            .formatted(name, subgraph, number - 2);
            default ->
                    """
                    type %s { label: String! next: Local%d_%d kind: Local%d_%d look(with: Local%d_%d): Local%d_%d }

                    """
                            .formatted(
                                    name,
                                    subgraph,
                                    number >= 4 ? number - 4 : 0,
                                    subgraph,
                                    1,
                                    subgraph,
                                    2,
                                    subgraph,
                                    3);
        };
    }
}
