package dev.trivium.planner;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Composite;
import dev.trivium.supergraph.SupergraphType.EnumType;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.InputObjectType;
import dev.trivium.supergraph.SupergraphType.InterfaceType;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinImplements;
import dev.trivium.supergraph.SupergraphType.ObjectType;
import dev.trivium.supergraph.SupergraphType.ScalarType;
import dev.trivium.supergraph.SupergraphType.UnionType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the schema of one subgraph, read back from the supergraph, with `_entities`.
final class SubgraphSchema {
    private static final Set<String> BUILT_IN = Set.of("Int", "Float", "String", "Boolean", "ID");

    private final Supergraph supergraph;
    private final int subgraph;
    private final StringBuilder out = new StringBuilder("scalar _Any\n");

    private SubgraphSchema(Supergraph supergraph, int subgraph) {
        this.supergraph = supergraph;
        this.subgraph = subgraph;
    }

    static ClientSchema of(Supergraph supergraph, int subgraph) {
        String sdl = new SubgraphSchema(supergraph, subgraph).write();
        return PlanCase.value(Parser.parseSchema(sdl, null).then(ClientSchema::of));
    }

    /// The field in a subgraph, or null.
    static @Nullable JoinField in(Field field, int subgraph) {
        return field.joins().stream()
                .filter(it -> it.subgraph() == subgraph)
                .findFirst()
                .orElse(null);
    }

    private boolean has(String type) {
        return has(Objects.requireNonNull(supergraph.types().get(type)));
    }

    private boolean has(SupergraphType type) {
        return type.joins().stream().anyMatch(it -> it.subgraph() == subgraph);
    }

    private String write() {
        String query = supergraph.rootTypes().get(OperationType.QUERY);
        out.append("schema {");
        supergraph
                .rootTypes()
                .forEach((operation, name) -> {
                    if (name.equals(query) || has(name)) {
                        out.append(' ').append(operation.keyword());
                        out.append(": ").append(name);
                    }
                });
        out.append(" }\n");
        for (SupergraphType type : supergraph.types().values()) {
            if (has(type) || type.name().equals(query)) {
                write(type, type.name().equals(query));
            }
        }
        if (!entities().isEmpty()) {
            out.append("union _Entity = ").append(entities()).append('\n');
        }
        return out.toString();
    }

    private String entities() {
        return supergraph.types().values().stream()
                .filter(ObjectType.class::isInstance)
                .filter(type ->
                        type.joins().stream()
                                .anyMatch(it ->
                                        it.subgraph() == subgraph
                                                && it.key() != null
                                                && it.resolvable()))
                .map(SupergraphType::name)
                .collect(Collectors.joining(" | "));
    }

    private void write(SupergraphType type, boolean isQuery) {
        switch (type) {
            case ScalarType scalar -> {
                if (!BUILT_IN.contains(scalar.name())) {
                    out.append("scalar ").append(scalar.name()).append('\n');
                }
            }
            case ObjectType object -> write("type", object, isQuery);
            case InterfaceType object -> write("interface", object, false);
            case UnionType union -> {
                String members =
                        union.members().entrySet().stream()
                                .filter(it -> it.getValue().contains(subgraph))
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining(" | "));
                out.append("union ").append(union.name()).append(" = ").append(members);
                out.append('\n');
            }
            case EnumType values -> {
                out.append("enum ").append(values.name()).append(" {");
                values.values().values().stream()
                        .filter(it -> it.subgraphs().contains(subgraph))
                        .forEach(it -> out.append(' ').append(it.name()));
                out.append(" }\n");
            }
            case InputObjectType input -> {
                out.append("input ").append(input.name()).append(" {");
                input.fields()
                        .values()
                        .forEach(it ->
                                out.append(' ').append(it.name()).append(": ").append(it.type()));
                out.append(" }\n");
            }
        }
    }

    private void write(String keyword, Composite type, boolean isQuery) {
        out.append(keyword).append(' ').append(type.name());
        String interfaces =
                type.interfaces().stream()
                        .filter(it -> it.subgraph() == subgraph)
                        .map(JoinImplements::interfaceName)
                        .collect(Collectors.joining(" & "));
        out.append(interfaces.isEmpty() ? "" : " implements " + interfaces).append(" {\n");
        int empty = out.length();
        for (Field field : type.fields().values()) {
            JoinField join = in(field, subgraph);
            if (join != null) {
                TypeReference own = join.type();
                out.append("  ").append(field.name()).append(arguments(field)).append(": ");
                out.append(own == null ? field.type() : own).append('\n');
            }
        }
        if (isQuery && !entities().isEmpty()) {
            out.append("  _entities(representations: [_Any!]!): [_Entity]!\n");
        }
        if (out.length() == empty) {
            out.append("  _empty: Int\n");
        }
        out.append("}\n");
    }

    private static String arguments(Field field) {
        List<Definition.InputValue> arguments = List.copyOf(field.arguments().values());
        return arguments.isEmpty()
                ? ""
                : arguments.stream()
                        .map(SubgraphSchema::argument)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String argument(Definition.InputValue argument) {
        String text = argument.name() + ": " + argument.type();
        return argument.defaultValue() == null
                ? text
                : text + " = " + Printer.print(argument.defaultValue());
    }
}
