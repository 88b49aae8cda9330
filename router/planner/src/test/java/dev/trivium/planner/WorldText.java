package dev.trivium.planner;

import java.util.NavigableSet;
import java.util.TreeSet;

/// Writes the supergraph of a {@link World}.
final class WorldText {
    private static final String HEAD =
            """
            schema
              @link(url: "https://specs.apollo.dev/link/v1.0")
              @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
            {
              query: Query
            }
            directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
            directive @join__graph(name: String!, url: String!) on ENUM_VALUE
            directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
            directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
            directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
            directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
            directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
            scalar join__FieldSet
            scalar link__Import
            enum link__Purpose { SECURITY EXECUTION }
            """;

    private final World world;
    private final StringBuilder out = new StringBuilder(HEAD);

    private WorldText(World world) {
        this.world = world;
    }

    static String of(World world) {
        return new WorldText(world).write();
    }

    private String write() {
        out.append("enum join__Graph {\n");
        for (int s = 0; s < world.subgraphs; s++) {
            out.append("  S%d @join__graph(name: \"s%d\", url: \"\")\n".formatted(s, s));
        }
        out.append("}\n");
        world.interfaces.keySet().forEach(this::writeInterface);
        world.unions.keySet().forEach(this::writeUnion);
        world.objects.values().forEach(this::writeObject);
        return out.toString();
    }

    private void writeInterface(String name) {
        out.append("interface ").append(name);
        for (int s : subgraphsOf(name)) {
            out.append(" @join__type(graph: S").append(s).append(")");
        }
        out.append(" {\n");
        World.ObjectType example =
                world.objects.values().stream()
                        .filter(it -> it.implementing().containsKey(name))
                        .findFirst()
                        .orElseThrow();
        for (String field : world.interfaceFields(name)) {
            out.append("  ").append(field).append(": ");
            out.append(example.field(field).typeText()).append('\n');
        }
        out.append("}\n");
    }

    private NavigableSet<Integer> subgraphsOf(String name) {
        TreeSet<Integer> subgraphs = new TreeSet<>();
        world.objects
                .values()
                .forEach(it ->
                        subgraphs.addAll(it.implementing().getOrDefault(name, new TreeSet<>())));
        return subgraphs;
    }

    private void writeUnion(String name) {
        out.append("union ").append(name);
        TreeSet<Integer> subgraphs = new TreeSet<>();
        world.members(name).values().forEach(subgraphs::addAll);
        subgraphs.forEach(s -> out.append(" @join__type(graph: S").append(s).append(")"));
        world.members(name)
                .forEach((member, in) ->
                        in.forEach(s ->
                                out.append(
                                        " @join__unionMember(graph: S%d, member: \"%s\")"
                                                .formatted(s, member))));
        out.append(" = ").append(String.join(" | ", world.members(name).keySet())).append('\n');
    }

    private void writeObject(World.ObjectType type) {
        out.append("type ").append(type.name());
        if (!type.implementing().isEmpty()) {
            out.append(" implements ").append(String.join(" & ", type.implementing().keySet()));
        }
        type.implementing()
                .forEach((name, in) ->
                        in.forEach(s ->
                                out.append(
                                        " @join__implements(graph: S%d, interface: \"%s\")"
                                                .formatted(s, name))));
        type.keys()
                .forEach((s, keys) -> {
                    if (keys.isEmpty()) {
                        out.append(" @join__type(graph: S").append(s).append(")");
                    }
                    for (World.Key key : keys) {
                        out.append(
                                " @join__type(graph: S%d, key: \"%s\", resolvable: %s)"
                                        .formatted(s, key.fields(), key.resolvable()));
                    }
                });
        out.append(" {\n");
        type.fields().values().forEach(this::writeField);
        out.append("}\n");
    }

    private void writeField(World.Field field) {
        out.append("  ").append(field.name());
        if (field.argument()) {
            out.append("(x: Int)");
        }
        out.append(": ").append(field.typeText());
        for (int s = 0; s < world.subgraphs; s++) {
            boolean owned = field.owners().contains(s);
            if (owned || field.external().contains(s)) {
                out.append(" @join__field(graph: S").append(s);
                if (!owned) {
                    out.append(", external: true");
                }
                if (field.requires().containsKey(s)) {
                    out.append(", requires: \"").append(field.requires().get(s)).append('"');
                }
                if (field.provides().containsKey(s)) {
                    out.append(", provides: \"").append(field.provides().get(s)).append('"');
                }
                out.append(')');
            }
        }
        out.append('\n');
    }
}
