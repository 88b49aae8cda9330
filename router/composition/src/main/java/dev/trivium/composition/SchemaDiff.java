package dev.trivium.composition;

import dev.trivium.composition.SchemaChange.Severity;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Printer;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares two schemas as their clients see them, and tells which changes can break a client.
///
/// What a client receives may become narrower (a field may become non-null), what it sends may
/// become wider (an argument may become nullable); the opposite breaks. What is only added is safe,
/// unless clients may meet it unasked: a new value of an enum, a new member of a union.
public final class SchemaDiff {
    private final List<SchemaChange> changes = new ArrayList<>();

    private SchemaDiff() {}

    /// The breaking changes, then the dangerous and the safe ones, each by coordinate.
    public static List<SchemaChange> between(Document before, Document after) {
        SchemaDiff diff = new SchemaDiff();
        diff.roots(rootTypes(before), rootTypes(after));
        diff.types(types(before), types(after));
        diff.directives(directives(before), directives(after));
        Collections.sort(diff.changes);
        return List.copyOf(diff.changes);
    }

    private static Map<String, String> rootTypes(Document schema) {
        Map<String, String> roots = new LinkedHashMap<>();
        for (Definition.Schema definition : schema.definitions(Definition.Schema.class)) {
            definition
                    .rootTypes()
                    .forEach(root -> roots.put(root.operation().keyword(), root.typeName()));
        }
        return roots;
    }

    private static Map<String, Definition.Type> types(Document schema) {
        return byName(schema.definitions(Definition.Type.class), Definition.Type::name);
    }

    private static Map<String, Definition.DirectiveType> directives(Document schema) {
        return byName(
                schema.definitions(Definition.DirectiveType.class), Definition.DirectiveType::name);
    }

    private static <T> Map<String, T> byName(List<T> elements, Function<T, String> name) {
        Map<String, T> byName = new LinkedHashMap<>();
        elements.forEach(element -> byName.putIfAbsent(name.apply(element), element));
        return byName;
    }

    private void breaking(String coordinate, String message) {
        changes.add(new SchemaChange(Severity.BREAKING, coordinate, message));
    }

    private void dangerous(String coordinate, String message) {
        changes.add(new SchemaChange(Severity.DANGEROUS, coordinate, message));
    }

    private void safe(String coordinate, String message) {
        changes.add(new SchemaChange(Severity.SAFE, coordinate, message));
    }

    private void roots(Map<String, String> before, Map<String, String> after) {
        before.forEach((operation, type) -> {
            String now = after.get(operation);
            if (now != null && !now.equals(type)) {
                breaking(
                        now,
                        "the root type of %ss is now %s, it was %s"
                                .formatted(operation, now, type));
            }
        });
    }

    private void types(Map<String, Definition.Type> before, Map<String, Definition.Type> after) {
        before.forEach((name, type) -> {
            Definition.Type now = after.get(name);
            if (now == null) {
                breaking(name, "the type is gone");
            } else {
                type(type, now);
            }
        });
        added(before, after).forEach(name -> safe(name, "the type is new"));
    }

    private static Set<String> added(Map<String, ?> before, Map<String, ?> after) {
        Set<String> added = new LinkedHashSet<>(after.keySet());
        added.removeAll(before.keySet());
        return added;
    }

    private void type(Definition.Type before, Definition.Type after) {
        if (before instanceof Definition.ObjectType was
                && after instanceof Definition.ObjectType now) {
            interfaces(now.name(), was.interfaces(), now.interfaces());
            fields(now.name(), was.fields(), now.fields());
        } else if (before instanceof Definition.InterfaceType was
                && after instanceof Definition.InterfaceType now) {
            interfaces(now.name(), was.interfaces(), now.interfaces());
            fields(now.name(), was.fields(), now.fields());
        } else if (before instanceof Definition.UnionType was
                && after instanceof Definition.UnionType now) {
            members(now.name(), was.members(), now.members(), "the member %s of the union");
        } else if (before instanceof Definition.EnumType was
                && after instanceof Definition.EnumType now) {
            members(now.name(), values(was), values(now), "the value %s");
        } else if (before instanceof Definition.InputObjectType was
                && after instanceof Definition.InputObjectType now) {
            inputs(was.fields(), now.fields(), name -> now.name() + "." + name, "input field");
        } else if (!before.getClass().equals(after.getClass())) {
            breaking(after.name(), "the type is now " + kind(after) + ", it was " + kind(before));
        }
    }

    private static String kind(Definition.Type type) {
        return switch (type) {
            case Definition.ScalarType _ -> "a scalar";
            case Definition.ObjectType _ -> "an object type";
            case Definition.InterfaceType _ -> "an interface";
            case Definition.UnionType _ -> "a union";
            case Definition.EnumType _ -> "an enum";
            case Definition.InputObjectType _ -> "an input type";
        };
    }

    private static List<String> values(Definition.EnumType type) {
        return type.values().stream().map(Definition.EnumValue::name).toList();
    }

    private void interfaces(String type, List<String> before, List<String> after) {
        removed(before, after)
                .forEach(name -> breaking(type, "the type no longer implements " + name));
        removed(after, before).forEach(name -> dangerous(type, "the type now implements " + name));
    }

    private void members(String type, List<String> before, List<String> after, String what) {
        removed(before, after)
                .forEach(name -> breaking(type + "." + name, what.formatted(name) + " is gone"));
        removed(after, before)
                .forEach(name -> dangerous(type + "." + name, what.formatted(name) + " is new"));
    }

    private static Set<String> removed(List<String> before, List<String> after) {
        Set<String> removed = new LinkedHashSet<>(before);
        after.forEach(removed::remove);
        return removed;
    }

    private void fields(
            String type,
            List<Definition.FieldDefinition> before,
            List<Definition.FieldDefinition> after) {
        Map<String, Definition.FieldDefinition> now =
                byName(after, Definition.FieldDefinition::name);
        added(byName(before, Definition.FieldDefinition::name), now)
                .forEach(name -> safe(type + "." + name, "the field is new"));
        for (Definition.FieldDefinition was : before) {
            String coordinate = type + "." + was.name();
            Definition.FieldDefinition field = now.get(was.name());
            if (field == null) {
                breaking(coordinate, "the field is gone");
                continue;
            }
            if (!isNarrower(field.type(), was.type())) {
                breaking(coordinate, retyped("the field", field.type(), was.type()));
            } else if (!field.type().equals(was.type())) {
                safe(coordinate, retyped("the field", field.type(), was.type()));
            }
            inputs(
                    was.arguments(),
                    field.arguments(),
                    name -> coordinate + "(" + name + ":)",
                    "argument");
        }
    }

    private void inputs(
            List<Definition.InputValue> before,
            List<Definition.InputValue> after,
            Function<String, String> coordinate,
            String what) {
        Map<String, Definition.InputValue> now = byName(after, Definition.InputValue::name);
        Map<String, Definition.InputValue> then = byName(before, Definition.InputValue::name);
        then.forEach(
                (name, was) -> input(was, now.get(name), coordinate.apply(name), "the " + what));
        now.forEach((name, input) -> {
            if (!then.containsKey(name) && isRequired(input)) {
                breaking(coordinate.apply(name), "the " + what + " is new and required");
            } else if (!then.containsKey(name)) {
                dangerous(coordinate.apply(name), "the " + what + " is new");
            }
        });
    }

    private void input(
            Definition.InputValue was,
            Definition.@Nullable InputValue now,
            String coordinate,
            String what) {
        if (now == null) {
            breaking(coordinate, what + " is gone");
        } else if (!isNarrower(was.type(), now.type()) && !isDefaulted(now, was)) {
            breaking(coordinate, retyped(what, now.type(), was.type()));
        } else if (!Objects.equals(was.defaultValue(), now.defaultValue())) {
            defaultValue(was, now, coordinate, what);
        } else if (!was.type().equals(now.type())) {
            safe(coordinate, retyped(what, now.type(), was.type()));
        }
    }

    private void defaultValue(
            Definition.InputValue was, Definition.InputValue now, String coordinate, String what) {
        if (isRequired(now) && !isRequired(was)) {
            breaking(coordinate, what + " is now required: it has no default any more");
        } else {
            dangerous(
                    coordinate,
                    what
                            + " has another default: "
                            + printed(now.defaultValue())
                            + ", it was "
                            + printed(was.defaultValue()));
        }
    }

    private static String printed(@Nullable Value value) {
        return value == null ? "none" : Printer.print(value);
    }

    /// A non-null type with a default may still be left out.
    private static boolean isDefaulted(Definition.InputValue now, Definition.InputValue was) {
        return now.defaultValue() != null && isNarrower(was.type(), now.type().nullable());
    }

    private static boolean isRequired(Definition.InputValue input) {
        return input.type().isNonNull() && input.defaultValue() == null;
    }

    private static String retyped(String what, TypeReference now, TypeReference was) {
        return "%s is now of type %s, it was %s".formatted(what, now, was);
    }

    /// Whether every value of one type is one of the other.
    private static boolean isNarrower(TypeReference narrow, TypeReference wide) {
        return switch (wide) {
            case TypeReference.NonNull(var inner) ->
                    narrow instanceof TypeReference.NonNull(var own) && isNarrower(own, inner);
            case TypeReference.ListOf(var element) ->
                    narrow.nullable() instanceof TypeReference.ListOf(var own)
                            && isNarrower(own, element);
            case TypeReference.Named _ -> narrow.nullable().equals(wide);
        };
    }

    private void directives(
            Map<String, Definition.DirectiveType> before,
            Map<String, Definition.DirectiveType> after) {
        before.forEach((name, was) -> {
            Definition.DirectiveType now = after.get(name);
            String coordinate = "@" + name;
            if (now == null) {
                breaking(coordinate, "the directive is gone");
                return;
            }
            removed(was.locations(), now.locations())
                    .forEach(l -> breaking(coordinate, "the location " + l + " is gone"));
            removed(now.locations(), was.locations())
                    .forEach(l -> safe(coordinate, "the location " + l + " is new"));
            if (was.repeatable() && !now.repeatable()) {
                breaking(coordinate, "the directive can no longer be repeated");
            }
            inputs(
                    was.arguments(),
                    now.arguments(),
                    argument -> coordinate + "(" + argument + ":)",
                    "argument");
        });
        added(before, after).forEach(name -> safe("@" + name, "the directive is new"));
    }
}
