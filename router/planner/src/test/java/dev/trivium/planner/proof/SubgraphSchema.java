package dev.trivium.planner.proof;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the schema of one subgraph, read back from the supergraph, with `_entities`.
final class SubgraphSchema {
    private static final Set<String> BUILT_IN = Set.of("Int", "Float", "String", "Boolean", "ID");

    private final SchemaView schema;
    private final Supergraph supergraph;
    private final int subgraph;
    private final StringBuilder out = new StringBuilder("scalar _Any\n");

    private SubgraphSchema(SchemaView schema, int subgraph) {
        this.schema = schema;
        this.supergraph = schema.supergraph();
        this.subgraph = subgraph;
    }

    static String text(SchemaView schema, int subgraph) {
        return new SubgraphSchema(schema, subgraph).write();
    }

    static ClientSchema of(SchemaView schema, int subgraph) {
        return Outcomes.value(
                Parser.parseSchema(text(schema, subgraph), null).then(ClientSchema::of));
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
                .filter(type ->
                        type instanceof ObjectType
                                || schema.isInterfaceObject(type.name(), subgraph))
                .filter(type -> !schema.keys(type.name(), subgraph).isEmpty())
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
            case InterfaceType object ->
                    write(
                            schema.isInterfaceObject(object.name(), subgraph)
                                    ? "type"
                                    : "interface",
                            object,
                            false);
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
                                out.append(' ')
                                        .append(it.name())
                                        .append(": ")
                                        .append(it.type())
                                        .append(defaultValue(it.defaultValue())));
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
            JoinField join = schema.join(type.name(), field.name(), subgraph);
            if (join != null) {
                TypeReference own = join.type();
                out.append("  ").append(field.name()).append(arguments(field, join)).append(": ");
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

    private static String arguments(Field field, JoinField join) {
        List<String> arguments = new ArrayList<>();
        for (Definition.InputValue it : field.arguments().values()) {
            arguments.add(it.name() + ": " + it.type() + defaultValue(it.defaultValue()));
        }
        join.contextArguments().forEach(it -> arguments.add(it.name() + ": " + it.type()));
        return arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")";
    }

    private static String defaultValue(@Nullable Value value) {
        return value == null ? "" : " = " + Printer.print(value);
    }
}
