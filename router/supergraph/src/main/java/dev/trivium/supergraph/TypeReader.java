package dev.trivium.supergraph;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinImplements;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads type definitions, and undoes what their join directives leave out.
///
/// - A field, enum value or input field of which nothing is said exists wherever its type does.
/// - Where nothing is said of a type's interfaces or a union's members at all, they hold wherever
///   both types exist (join versions before 0.3).
final class TypeReader {
    private final ReadableSpecs specs;
    private final JoinDirectives joins;
    private final Map<String, List<JoinType>> joinsByType;

    /// @param joinsByType where each type exists
    TypeReader(ReadableSpecs specs, JoinDirectives joins, Map<String, List<JoinType>> joinsByType) {
        this.specs = specs;
        this.joins = joins;
        this.joinsByType = joinsByType;
    }

    SupergraphType read(Definition.Type type) {
        String name = type.name();
        boolean inaccessible = specs.isInaccessible(type.directives());
        List<JoinType> types = joinsByType.getOrDefault(name, List.of());
        List<Directive> directives = specs.kept(type.directives());
        return switch (type) {
            case Definition.ScalarType scalar ->
                    new SupergraphType.ScalarType(
                            name, scalar.description(), inaccessible, types, directives);
            case Definition.ObjectType object ->
                    new SupergraphType.ObjectType(
                            name,
                            object.description(),
                            inaccessible,
                            types,
                            interfaces(object, object.interfaces()),
                            fields(object, object.fields()),
                            directives);
            case Definition.InterfaceType interfaceType ->
                    new SupergraphType.InterfaceType(
                            name,
                            interfaceType.description(),
                            inaccessible,
                            types,
                            interfaces(interfaceType, interfaceType.interfaces()),
                            fields(interfaceType, interfaceType.fields()),
                            directives);
            case Definition.UnionType union ->
                    new SupergraphType.UnionType(
                            name,
                            union.description(),
                            inaccessible,
                            types,
                            members(union),
                            directives);
            case Definition.EnumType enumType ->
                    new SupergraphType.EnumType(
                            name,
                            enumType.description(),
                            inaccessible,
                            types,
                            enumValues(enumType),
                            directives);
            case Definition.InputObjectType input ->
                    new SupergraphType.InputObjectType(
                            name,
                            input.description(),
                            inaccessible,
                            types,
                            inputFields(input),
                            directives);
        };
    }

    private List<JoinImplements> interfaces(Definition.Type type, List<String> names) {
        List<JoinImplements> said = joins.interfaces(type.directives());
        if (!said.isEmpty()) {
            return said.stream().filter(join -> names.contains(join.interfaceName())).toList();
        }
        List<JoinImplements> derived = new ArrayList<>();
        for (String name : names) {
            for (int subgraph : common(type.name(), name)) {
                derived.add(new JoinImplements(subgraph, name));
            }
        }
        return List.copyOf(derived);
    }

    private SequencedMap<String, List<Integer>> members(Definition.UnionType union) {
        Map<String, List<Integer>> said = joins.members(union.directives());
        SequencedMap<String, List<Integer>> members = new LinkedHashMap<>();
        for (String member : union.members()) {
            members.put(
                    member,
                    said.isEmpty()
                            ? common(union.name(), member)
                            : List.copyOf(said.getOrDefault(member, List.of())));
        }
        return Collections.unmodifiableSequencedMap(members);
    }

    /// The subgraphs in which both types exist, as what they are in the supergraph.
    private List<Integer> common(String first, String second) {
        List<Integer> others = subgraphs(second, false);
        return subgraphs(first, false).stream().filter(others::contains).toList();
    }

    private List<Integer> subgraphs(String type, boolean interfaceObjects) {
        return joinsByType.getOrDefault(type, List.of()).stream()
                .filter(join -> interfaceObjects || !join.interfaceObject())
                .map(JoinType::subgraph)
                .distinct()
                .toList();
    }

    private SequencedMap<String, SupergraphType.Field> fields(
            Definition.Type parent, List<Definition.FieldDefinition> definitions) {
        SequencedMap<String, SupergraphType.Field> fields = new LinkedHashMap<>();
        Integer owner = joins.owner(parent.directives());
        for (Definition.FieldDefinition field : definitions) {
            List<JoinField> said = joins.fields(field.directives(), field.type());
            fields.put(
                    field.name(),
                    new SupergraphType.Field(
                            field.name(),
                            field.description(),
                            field.type(),
                            arguments(field.arguments()),
                            specs.isInaccessible(field.directives()),
                            said == null ? everywhere(parent.name(), owner) : said,
                            specs.kept(field.directives())));
        }
        return Collections.unmodifiableSequencedMap(fields);
    }

    /// A field of which nothing is said: the owner's, or that of all subgraphs with the type.
    private List<JoinField> everywhere(String type, @Nullable Integer owner) {
        List<Integer> subgraphs = owner == null ? subgraphs(type, true) : List.of(owner);
        return subgraphs.stream().map(TypeReader::plain).toList();
    }

    static JoinField plain(int subgraph) {
        return new JoinField(subgraph, null, null, null, false, null, null, List.of());
    }

    private SequencedMap<String, Definition.InputValue> arguments(
            List<Definition.InputValue> definitions) {
        SequencedMap<String, Definition.InputValue> arguments = new LinkedHashMap<>();
        for (Definition.InputValue argument : definitions) {
            List<Directive> directives = new ArrayList<>(specs.kept(argument.directives()));
            if (specs.isInaccessible(argument.directives())) {
                directives.add(
                        new Directive(ApiSchema.INACCESSIBLE, List.of(), SourceLocation.NONE));
            }
            arguments.put(
                    argument.name(),
                    new Definition.InputValue(
                            argument.description(),
                            argument.name(),
                            argument.type(),
                            argument.defaultValue(),
                            List.copyOf(directives),
                            argument.location()));
        }
        return Collections.unmodifiableSequencedMap(arguments);
    }

    private SequencedMap<String, SupergraphType.EnumValue> enumValues(Definition.EnumType type) {
        SequencedMap<String, SupergraphType.EnumValue> values = new LinkedHashMap<>();
        for (Definition.EnumValue value : type.values()) {
            List<Integer> said = joins.enumValue(value.directives());
            values.put(
                    value.name(),
                    new SupergraphType.EnumValue(
                            value.name(),
                            value.description(),
                            specs.isInaccessible(value.directives()),
                            said == null ? subgraphs(type.name(), true) : said,
                            specs.kept(value.directives())));
        }
        return Collections.unmodifiableSequencedMap(values);
    }

    private SequencedMap<String, SupergraphType.InputField> inputFields(
            Definition.InputObjectType type) {
        SequencedMap<String, SupergraphType.InputField> fields = new LinkedHashMap<>();
        for (Definition.InputValue field : type.fields()) {
            TypeReference fieldType = field.type();
            List<JoinField> said = joins.fields(field.directives(), fieldType);
            fields.put(
                    field.name(),
                    new SupergraphType.InputField(
                            field.name(),
                            field.description(),
                            fieldType,
                            field.defaultValue(),
                            specs.isInaccessible(field.directives()),
                            said == null ? everywhere(type.name(), null) : said,
                            specs.kept(field.directives())));
        }
        return Collections.unmodifiableSequencedMap(fields);
    }
}
