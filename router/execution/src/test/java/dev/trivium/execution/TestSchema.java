package dev.trivium.execution;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.supergraph.Subgraph;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// A supergraph from a plain schema text, as far as execution looks at one. `@inaccessible` counts.
final class TestSchema {

    private TestSchema() {}

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
            types.put(type.name(), type(type));
            for (OperationType operation : OperationType.values()) {
                if (operation.defaultTypeName().equals(type.name())) {
                    roots.put(operation, type.name());
                }
            }
        }
        List<Subgraph> all = new ArrayList<>();
        for (String name : subgraphs) {
            all.add(new Subgraph(all.size(), name.toUpperCase(java.util.Locale.ROOT), name, ""));
        }
        return new Supergraph(null, all, roots, types, List.of(), Set.of());
    }

    private static SupergraphType type(Definition.Type type) {
        boolean hidden = hidden(type.directives());
        return switch (type) {
            case Definition.ScalarType t ->
                    new SupergraphType.ScalarType(t.name(), null, hidden, List.of(), List.of());
            case Definition.ObjectType t ->
                    new SupergraphType.ObjectType(
                            t.name(), null, hidden, List.of(), List.of(), none(), List.of());
            case Definition.InterfaceType t ->
                    new SupergraphType.InterfaceType(
                            t.name(), null, hidden, List.of(), List.of(), none(), List.of());
            case Definition.UnionType t ->
                    new SupergraphType.UnionType(
                            t.name(), null, hidden, List.of(), none(), List.of());
            case Definition.EnumType t ->
                    new SupergraphType.EnumType(
                            t.name(), null, hidden, List.of(), values(t), List.of());
            case Definition.InputObjectType t ->
                    new SupergraphType.InputObjectType(
                            t.name(), null, hidden, List.of(), fields(t), t.directives());
        };
    }

    private static <V> SequencedMap<String, V> none() {
        return new LinkedHashMap<>();
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
