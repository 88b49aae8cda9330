package dev.trivium.planner.proof;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import dev.trivium.language.TypeReference;
import dev.trivium.language.TypeReference.ListOf;
import dev.trivium.language.TypeReference.Named;
import dev.trivium.language.TypeReference.NonNull;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.EnumType;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The data behind a supergraph. They follow from the names alone, so that every subgraph knows its
/// part of them, and the single service all of them.
///
/// A text names its object, field and arguments; a reference leads to another object, an injection
/// for each field, so that keys are keys. The value of a field with `@requires` depends on what is
/// required.
final class Data {
    static final int INSTANCES = 3;

    /// An object.
    record Thing(String type, int number) {}

    /// What a field returns: its strictest type, and the runtime types or values it may have.
    private record Shape(TypeReference type, List<String> kinds) {}

    private final SchemaView schema;
    private final Map<List<String>, Shape> shapes = new HashMap<>();
    private final Set<String> inKeys = new HashSet<>();

    Data(SchemaView schema) {
        this.schema = schema;
        for (SupergraphType type : schema.supergraph().types().values()) {
            for (JoinType join : type.joins()) {
                if (join.key() != null) {
                    inKeys.addAll(List.of(join.key().split("[^\\w]+", -1)));
                }
            }
        }
    }

    /// @param salt what the value depends on beside the object and the field: arguments and what is
    ///   required
    /// @return a text, number, Boolean, {@link Thing} or null, or a list of such
    @Nullable Object value(Thing thing, String field, String salt) {
        Shape shape =
                shapes.computeIfAbsent(List.of(thing.type(), field), _ -> shape(thing, field));
        int hash = Math.abs((thing.type() + "." + field + salt).hashCode() % 9973);
        return make(shape.type(), shape, thing, field + salt, hash + thing.number());
    }

    /// The same for those who know all data: what is required follows from them.
    @Nullable Object resolve(Thing thing, String field, String arguments) {
        return value(thing, field, salt(thing, field, arguments));
    }

    /// What a value depends on for those who know all data.
    String salt(Thing thing, String field, String arguments) {
        String required = "";
        for (SchemaView.Owner owner : schema.owners(thing.type(), field)) {
            String requires = owner.join().requires();
            if (requires != null) {
                required = project(thing, requires).toString();
            }
        }
        return arguments + required;
    }

    /// The value that is found by one field after the other, in lists where there are some.
    @Nullable Object follow(@Nullable Object from, List<String> fields) {
        return switch (from) {
            case Thing thing when !fields.isEmpty() -> {
                String field = fields.getFirst();
                Map<String, @Nullable Object> arguments =
                        arguments(schema.field(thing.type(), field), List.of());
                Object value = resolve(thing, field, arguments.toString());
                yield follow(value, fields.subList(1, fields.size()));
            }
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                list.forEach(it -> result.add(follow(it, fields)));
                yield result;
            }
            case null, default -> from;
        };
    }

    private Shape shape(Thing thing, String field) {
        Field of = schema.field(thing.type(), field);
        TypeReference type = of.type();
        for (SchemaView.Owner owner : schema.owners(thing.type(), field)) {
            type = strictest(type, schema.typeIn(owner.type(), field, owner.subgraph()));
        }
        if (inKeys.contains(field) && !(type instanceof NonNull)) {
            type = new NonNull(type);
        }
        List<String> kinds =
                schema.find(type.namedType()) instanceof EnumType values
                        ? schema.values(thing.type(), field, values)
                        : List.copyOf(schema.kinds(thing.type(), field));
        return new Shape(type, kinds);
    }

    private static TypeReference strictest(TypeReference one, TypeReference other) {
        TypeReference type =
                one.nullable() instanceof ListOf(var a) && other.nullable() instanceof ListOf(var b)
                        ? new ListOf(strictest(a, b))
                        : one.nullable();
        return one.isNonNull() || other.isNonNull() ? new NonNull(type) : type;
    }

    private @Nullable Object make(
            TypeReference type, Shape shape, Thing thing, String text, int hash) {
        return switch (type) {
            case NonNull(var inner) -> present(inner, shape, thing, text, hash);
            case Named _, ListOf _ ->
                    hash % 7 == 3 ? null : present(type, shape, thing, text, hash);
        };
    }

    private @Nullable Object present(
            TypeReference type, Shape shape, Thing thing, String text, int hash) {
        if (type instanceof ListOf(var element)) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < hash % 3 + (type.equals(shape.type().nullable()) ? 1 : 0); i++) {
                list.add(make(element, shape, thing, text + i, hash + i));
            }
            return list;
        }
        return switch (schema.find(type.namedType())) {
            case SupergraphType.ScalarType _ -> scalar(type.namedType(), thing, text, hash);
            case null -> scalar(type.namedType(), thing, text, hash);
            case EnumType _ -> one(shape.kinds(), hash);
            case SupergraphType.ObjectType _,
                    SupergraphType.InterfaceType _,
                    SupergraphType.UnionType _ -> {
                String kind = one(shape.kinds(), hash);
                yield kind == null ? null : new Thing(kind, hash % INSTANCES);
            }
            case SupergraphType.InputObjectType _ -> throw new AssertionError(type);
        };
    }

    private static Object scalar(String name, Thing thing, String text, int hash) {
        return switch (name) {
            case "Int" -> hash;
            case "Float" -> hash + 0.5;
            case "Boolean" -> hash % 2 == 0;
            default -> thing.type() + ":" + thing.number() + ":" + text;
        };
    }

    private static @Nullable String one(List<String> kinds, int hash) {
        return kinds.isEmpty() ? null : kinds.get(hash % kinds.size());
    }

    /// What a field set selects of an object, written out.
    Map<String, @Nullable Object> project(Thing thing, String fieldSet) {
        return project(thing, selections(fieldSet));
    }

    static List<Selection> selections(String fieldSet) {
        return Outcomes.value(Parser.parseSelections(fieldSet));
    }

    private Map<String, @Nullable Object> project(Thing thing, List<Selection> selections) {
        Map<String, @Nullable Object> result = new TreeMap<>();
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field when field.name().equals("__typename") ->
                        result.put(field.name(), thing.type());
                case Selection.Field field -> {
                    Map<String, @Nullable Object> arguments =
                            arguments(schema.field(thing.type(), field.name()), field.arguments());
                    Object value = resolve(thing, field.name(), arguments.toString());
                    result.put(field.name(), project(value, field.selections()));
                }
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    if (on == null || schema.possible(on).contains(thing.type())) {
                        result.putAll(project(thing, inline.selections()));
                    }
                }
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
            }
        }
        return result;
    }

    private @Nullable Object project(@Nullable Object value, List<Selection> selections) {
        return switch (value) {
            case Thing thing -> project(thing, selections);
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                list.forEach(it -> result.add(project(it, selections)));
                yield result;
            }
            case null, default -> value;
        };
    }

    /// What a field set selects of a representation.
    ///
    /// @throws NotServed if it is not there
    Map<String, @Nullable Object> project(Map<?, ?> sent, List<Selection> selections) {
        Map<String, @Nullable Object> result = new TreeMap<>();
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> {
                    if (!sent.containsKey(field.name())) {
                        throw new NotServed(field.name() + " is missing in " + sent);
                    }
                    Object value = sent.get(field.name());
                    result.put(field.name(), projectSent(value, field.selections()));
                }
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    Object type = sent.get("__typename");
                    if (on != null && type == null) {
                        throw new NotServed("__typename is missing in " + sent);
                    }
                    if (on == null || schema.possible(on).contains(String.valueOf(type))) {
                        result.putAll(project(sent, inline.selections()));
                    }
                }
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
            }
        }
        return result;
    }

    private @Nullable Object projectSent(@Nullable Object value, List<Selection> selections) {
        return switch (value) {
            case Map<?, ?> map -> project(map, selections);
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                list.forEach(it -> result.add(projectSent(it, selections)));
                yield result;
            }
            case null, default -> value;
        };
    }

    /// The values of literal arguments, with the defaults of the others.
    private static Map<String, @Nullable Object> arguments(Field field, List<Argument> given) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        for (Definition.InputValue argument : field.arguments().values()) {
            if (argument.defaultValue() != null) {
                values.put(argument.name(), literal(argument.defaultValue()));
            }
        }
        given.forEach(it -> values.put(it.name(), literal(it.value())));
        return values;
    }

    private static @Nullable Object literal(Value value) {
        return switch (value) {
            case Value.IntValue(var digits) -> Integer.valueOf(digits);
            case Value.FloatValue(var digits) -> Double.valueOf(digits);
            case Value.StringValue(var text) -> text;
            case Value.BooleanValue(var it) -> it;
            case Value.EnumValue(var name) -> name;
            case Value.NullValue _ -> null;
            case Value.ListValue(var elements) -> {
                List<@Nullable Object> list = new ArrayList<>();
                elements.forEach(it -> list.add(literal(it)));
                yield list;
            }
            case Value.ObjectValue(var fields) -> {
                Map<String, @Nullable Object> map = new TreeMap<>();
                fields.forEach((name, it) -> map.put(name, literal(it)));
                yield map;
            }
            case Value.Variable(var name) -> throw new AssertionError("variable " + name);
        };
    }
}
