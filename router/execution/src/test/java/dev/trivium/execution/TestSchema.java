package dev.trivium.execution;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Value;
import dev.trivium.supergraph.Subgraph;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A supergraph from a plain schema text. `@inaccessible` counts, and two directives of the tests:
/// `@in(graphs, keys)` says where a type is (everywhere, if missing), `@from(graphs, external,
/// requires)` where a field is (wherever its type is, if missing).
final class TestSchema {

    private final Document schema;
    private final List<String> subgraphs;
    private final Definition.Type type;

    private TestSchema(Document schema, List<String> subgraphs, Definition.Type type) {
        this.schema = schema;
        this.subgraphs = subgraphs;
        this.type = type;
    }

    static Document parse(String text) {
        return accepted(Parser.parseSchema(text, null));
    }

    static Document operation(String text) {
        return accepted(Parser.parseOperation(text, ParserLimits.DEFAULT));
    }

    static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var issues) -> throw new AssertionError(issues.toString());
        };
    }

    static Supergraph supergraph(Document schema, List<String> subgraphs) {
        SequencedMap<String, SupergraphType> types = new LinkedHashMap<>();
        SequencedMap<OperationType, String> roots = new LinkedHashMap<>();
        for (Definition.Type type : schema.definitions(Definition.Type.class)) {
            types.put(type.name(), new TestSchema(schema, subgraphs, type).type());
            for (OperationType operation : OperationType.values()) {
                if (operation.defaultTypeName().equals(type.name())) {
                    roots.put(operation, type.name());
                }
            }
        }
        List<Subgraph> all = new ArrayList<>();
        for (String name : subgraphs) {
            all.add(new Subgraph(all.size(), name.toUpperCase(Locale.ROOT), name, ""));
        }
        return new Supergraph(null, all, roots, types, List.of(), Set.of());
    }

    private SupergraphType type() {
        boolean hidden = hidden(type.directives());
        String name = type.name();
        return switch (type) {
            case Definition.ScalarType _ ->
                    new SupergraphType.ScalarType(name, null, hidden, List.of(), List.of());
            case Definition.ObjectType t ->
                    new SupergraphType.ObjectType(
                            name,
                            null,
                            hidden,
                            joins(),
                            implemented(t.interfaces()),
                            joined(t.fields()),
                            List.of());
            case Definition.InterfaceType t ->
                    new SupergraphType.InterfaceType(
                            name,
                            null,
                            hidden,
                            joins(),
                            implemented(t.interfaces()),
                            joined(t.fields()),
                            List.of());
            case Definition.UnionType t ->
                    new SupergraphType.UnionType(
                            name, null, hidden, joins(), members(t.members()), List.of());
            case Definition.EnumType t ->
                    new SupergraphType.EnumType(
                            name, null, hidden, List.of(), values(t), List.of());
            case Definition.InputObjectType t ->
                    new SupergraphType.InputObjectType(
                            name, null, hidden, List.of(), fields(t), t.directives());
        };
    }

    private static List<String> strings(
            List<Directive> directives, String name, String argument, List<String> otherwise) {
        for (Directive directive : directives) {
            if (directive.name().equals(name)
                    && directive.argument(argument) instanceof Value.ListValue(var elements)) {
                return elements.stream().map(it -> ((Value.StringValue) it).value()).toList();
            }
        }
        return otherwise;
    }

    private List<String> graphsOf(String typeName) {
        return schema.definitions(Definition.Type.class).stream()
                .filter(it -> it.name().equals(typeName))
                .map(it -> strings(it.directives(), "in", "graphs", subgraphs))
                .findAny()
                .orElse(subgraphs);
    }

    private List<Integer> numbers(List<String> graphs) {
        return graphs.stream().map(subgraphs::indexOf).toList();
    }

    private List<SupergraphType.JoinType> joins() {
        List<String> keys = strings(type.directives(), "in", "keys", List.of());
        List<SupergraphType.JoinType> joins = new ArrayList<>();
        for (int graph : numbers(graphsOf(type.name()))) {
            if (keys.isEmpty()) {
                joins.add(new SupergraphType.JoinType(graph, null, true, false, false));
            }
            for (String key : keys) {
                joins.add(new SupergraphType.JoinType(graph, key, true, false, false));
            }
        }
        return joins;
    }

    private List<SupergraphType.JoinImplements> implemented(List<String> interfaces) {
        return interfaces.stream()
                .flatMap(name ->
                        numbers(graphsOf(name)).stream()
                                .filter(numbers(graphsOf(type.name()))::contains)
                                .map(g -> new SupergraphType.JoinImplements(g, name)))
                .toList();
    }

    private SequencedMap<String, List<Integer>> members(List<String> names) {
        SequencedMap<String, List<Integer>> members = new LinkedHashMap<>();
        names.forEach(name -> members.put(name, numbers(graphsOf(type.name()))));
        return members;
    }

    private SequencedMap<String, SupergraphType.Field> joined(
            List<Definition.FieldDefinition> fields) {
        SequencedMap<String, SupergraphType.Field> joined = new LinkedHashMap<>();
        for (Definition.FieldDefinition field : fields) {
            List<Directive> directives = field.directives();
            SequencedMap<String, Definition.InputValue> arguments = new LinkedHashMap<>();
            field.arguments().forEach(argument -> arguments.put(argument.name(), argument));
            List<SupergraphType.JoinField> joins = new ArrayList<>();
            List<String> graphs = strings(directives, "from", "graphs", graphsOf(type.name()));
            String requires =
                    directives.stream()
                            .map(it -> it.argument("requires"))
                            .filter(Value.StringValue.class::isInstance)
                            .map(it -> ((Value.StringValue) it).value())
                            .findAny()
                            .orElse(null);
            numbers(graphs).forEach(graph -> joins.add(join(graph, requires, false)));
            numbers(strings(directives, "from", "external", List.of()))
                    .forEach(graph -> joins.add(join(graph, null, true)));
            joined.put(
                    field.name(),
                    new SupergraphType.Field(
                            field.name(),
                            null,
                            field.type(),
                            arguments,
                            hidden(directives),
                            joins,
                            List.of()));
        }
        return joined;
    }

    private static SupergraphType.JoinField join(
            int graph, @Nullable String requires, boolean external) {
        return new SupergraphType.JoinField(
                graph, null, requires, null, external, null, null, List.of());
    }

    private static SequencedMap<String, SupergraphType.EnumValue> values(Definition.EnumType type) {
        SequencedMap<String, SupergraphType.EnumValue> values = new LinkedHashMap<>();
        for (Definition.EnumValue value : type.values()) {
            values.put(
                    value.name(),
                    new SupergraphType.EnumValue(
                            value.name(), null, hidden(value.directives()), List.of(), List.of()));
        }
        return values;
    }

    private static SequencedMap<String, SupergraphType.InputField> fields(
            Definition.InputObjectType type) {
        SequencedMap<String, SupergraphType.InputField> fields = new LinkedHashMap<>();
        for (Definition.InputValue field : type.fields()) {
            fields.put(
                    field.name(),
                    new SupergraphType.InputField(
                            field.name(),
                            null,
                            field.type(),
                            field.defaultValue(),
                            hidden(field.directives()),
                            List.of(),
                            List.of()));
        }
        return fields;
    }

    static boolean hidden(List<Directive> directives) {
        return directives.stream().anyMatch(d -> d.name().equals("inaccessible"));
    }

    /// The object types that an object of a type can be, without those that are hidden.
    static List<String> possibleTypes(Document schema, String name) {
        Stream<Definition.Type> types = schema.definitions(Definition.Type.class).stream();
        return types.filter(type -> !hidden(type.directives()))
                .filter(type -> isA(schema, type, name))
                .map(Definition.Type::name)
                .toList();
    }

    private static boolean isA(Document schema, Definition.Type type, String name) {
        if (!(type instanceof Definition.ObjectType object)) {
            return false;
        }
        boolean member =
                schema.definitions(Definition.UnionType.class).stream()
                        .anyMatch(u -> u.name().equals(name) && u.members().contains(type.name()));
        return object.name().equals(name) || object.interfaces().contains(name) || member;
    }
}
