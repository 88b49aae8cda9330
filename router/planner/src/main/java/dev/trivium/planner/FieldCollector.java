package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Selection;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import dev.trivium.planner.NormalizedField.Defer;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Condition.Literal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Writes out fragments and merges fields (GraphQL specification, section 6.3.2, for all runtime
/// types at once).
///
///     user { ...F  id }  fragment F on Node { id ... on User { name } }   ->   user { id name }
///
/// The selections must be valid. Conditions with constants are decided; a selection that can never
/// apply, by its type condition or by contradicting conditions, is dropped.
final class FieldCollector {
    private final SchemaTypes types;
    private final Map<String, Definition.Fragment> fragments;
    private final Defers defers;

    /// @param defers decides on fragments with `@defer`
    FieldCollector(SchemaTypes types, Map<String, Definition.Fragment> fragments, Defers defers) {
        this.types = types;
        this.fragments = fragments;
        this.defers = defers;
    }

    /// Selections, and where they apply.
    ///
    /// @param type the type that the selections are written for
    /// @param runtimeTypes the possible types that they apply to
    /// @param condition what must hold beyond what holds at the enclosing object
    /// @param defer the innermost one around the selections
    private record Scope(
            List<Selection> selections,
            String type,
            List<String> runtimeTypes,
            Condition condition,
            @Nullable Defer defer) {
        private static Scope of(List<Selection> selections, String type, List<String> possible) {
            return new Scope(selections, type, possible, Condition.ALWAYS, null);
        }
    }

    /// What makes two fields one.
    ///
    /// @param turn how many other fields with this response key stand before the first of these
    private record FieldKey(
            String responseKey,
            String name,
            List<Argument> arguments,
            List<String> onTypes,
            Condition condition,
            @Nullable Defer defer,
            int turn) {
        FieldKey in(int otherTurn) {
            return new FieldKey(responseKey, name, arguments, onTypes, condition, defer, otherTurn);
        }
    }

    /// The fields of one selection set, in the order of the first of each.
    private static final class Groups {
        private final SequencedMap<FieldKey, List<Occurrence>> fields = new LinkedHashMap<>();
        private final Map<String, List<FieldKey>> byResponseKey = new HashMap<>();

        /// Adds an occurrence to the others of its field. Where another field of the same response
        /// key and of a common type stands between them, what is selected below them must come in
        /// the order of the text, so that the occurrence begins a new field.
        void add(FieldKey key, Occurrence occurrence) {
            List<FieldKey> same =
                    byResponseKey.computeIfAbsent(key.responseKey(), _ -> new ArrayList<>());
            boolean isLeaf = occurrence.field().selections().isEmpty();
            for (FieldKey other : same.reversed()) {
                if (other.equals(key.in(other.turn()))) {
                    fields.computeIfAbsent(other, _ -> new ArrayList<>()).add(occurrence);
                    return;
                }
                if (!isLeaf && !Collections.disjoint(other.onTypes(), key.onTypes())) {
                    break;
                }
            }
            FieldKey next = key.in(same.size());
            same.add(next);
            fields.computeIfAbsent(next, _ -> new ArrayList<>()).add(occurrence);
        }
    }

    /// A field as it stands in the text.
    private record Occurrence(Selection.Field field, String parentType) {}

    List<NormalizedField> collect(List<Selection> selections, String type) {
        Scope scope = Scope.of(selections, type, types.possibleTypes(type));
        return collect(List.of(scope), Condition.ALWAYS);
    }

    /// The introspection fields among the selections of the root.
    List<Selection> introspection(List<Selection> selections, String rootType) {
        var occurrences = new Groups();
        Scope scope = Scope.of(selections, rootType, types.possibleTypes(rootType));
        collect(scope, Condition.ALWAYS, occurrences);
        List<Selection> fields = new ArrayList<>();
        occurrences.fields.forEach((key, group) -> {
            if (key.name().startsWith("__") && !key.name().equals(NormalizedField.TYPENAME))
                group.forEach(it -> fields.add(withCondition(it.field(), key.condition())));
        });
        return fields;
    }

    private static Selection withCondition(Selection.Field field, Condition condition) {
        List<Condition> parts = GraphQlText.parts(condition);
        Selection result =
                new Selection.Field(
                        field.alias(),
                        field.name(),
                        field.arguments(),
                        directives(parts.getLast()),
                        field.selections(),
                        field.location());
        for (Condition part : parts.subList(0, parts.size() - 1)) {
            result =
                    new Selection.InlineFragment(
                            null, directives(part), List.of(result), field.location());
        }
        return result;
    }

    private static List<Directive> directives(Condition condition) {
        return condition.literals().stream().map(FieldCollector::directive).toList();
    }

    private static Directive directive(Literal literal) {
        Argument argument =
                new Argument("if", new Value.Variable(literal.variable()), SourceLocation.NONE);
        return new Directive(
                literal.value() ? "include" : "skip", List.of(argument), SourceLocation.NONE);
    }

    private List<NormalizedField> collect(List<Scope> scopes, Condition held) {
        Groups groups = new Groups();
        for (Scope scope : scopes) {
            collect(scope, held, groups);
        }
        List<NormalizedField> fields = new ArrayList<>(groups.fields.size());
        groups.fields.forEach((key, occurrences) -> fields.add(merge(key, occurrences, held)));
        return fields;
    }

    private NormalizedField merge(FieldKey key, List<Occurrence> occurrences, Condition held) {
        List<Scope> scopes = new ArrayList<>();
        if (!key.name().startsWith("__")) {
            for (Occurrence occurrence : occurrences) {
                if (!occurrence.field().selections().isEmpty()) {
                    scopes.add(below(occurrence));
                }
            }
        }
        Condition nowHeld = and(held, key.condition());
        return new NormalizedField(
                key.responseKey(),
                key.name(),
                key.arguments(),
                key.onTypes(),
                key.condition(),
                collect(scopes, nowHeld == null ? held : nowHeld),
                key.defer());
    }

    private Scope below(Occurrence occurrence) {
        Selection.Field field = occurrence.field();
        TypeReference type = types.fieldType(occurrence.parentType(), field.name());
        if (type == null) {
            throw new IllegalArgumentException(
                    "no field " + occurrence.parentType() + "." + field.name());
        }
        String name = type.namedType();
        return Scope.of(field.selections(), name, types.possibleTypes(name));
    }

    private void collect(Scope scope, Condition held, Groups groups) {
        for (Selection selection : scope.selections()) {
            Condition condition = condition(selection, scope.condition(), held);
            if (condition == null) {
                continue;
            }
            switch (selection) {
                case Selection.Field field -> add(field, scope, condition, groups);
                case Selection.InlineFragment inline -> {
                    Scope inner = inner(scope, inline.typeCondition(), selection, condition);
                    enter(inner, inline.selections(), held, groups);
                }
                case Selection.FragmentSpread spread -> {
                    Definition.Fragment fragment = fragments.get(spread.fragmentName());
                    if (fragment == null) {
                        throw new IllegalArgumentException("no fragment " + spread.fragmentName());
                    }
                    Scope inner = inner(scope, fragment.typeCondition(), selection, condition);
                    enter(inner, fragment.selections(), held, groups);
                }
            }
        }
    }

    /// Where a fragment applies; its selections are still to be set.
    private Scope inner(
            Scope scope, @Nullable String typeCondition, Selection fragment, Condition condition) {
        String type = typeCondition == null ? scope.type() : typeCondition;
        List<String> runtimeTypes = narrow(scope.runtimeTypes(), type);
        Defer defer = runtimeTypes.isEmpty() ? null : defers.at(fragment, scope.defer());
        return new Scope(List.of(), type, runtimeTypes, condition, defer);
    }

    private void enter(Scope inner, List<Selection> selections, Condition held, Groups groups) {
        if (!inner.runtimeTypes().isEmpty()) {
            Scope scope =
                    new Scope(
                            selections,
                            inner.type(),
                            inner.runtimeTypes(),
                            inner.condition(),
                            inner.defer());
            collect(scope, held, groups);
        }
    }

    private List<String> narrow(List<String> runtimeTypes, String type) {
        List<String> possible = types.possibleTypes(type);
        if (possible.equals(runtimeTypes)) {
            return runtimeTypes;
        }
        return runtimeTypes.stream().filter(possible::contains).toList();
    }

    private static void add(
            Selection.Field field, Scope scope, Condition condition, Groups groups) {
        if (scope.runtimeTypes().isEmpty()) {
            return;
        }
        List<Argument> arguments =
                field.arguments().stream()
                        .map(it -> new Argument(it.name(), it.value(), SourceLocation.NONE))
                        .sorted(Comparator.comparing(Argument::name))
                        .toList();
        FieldKey key =
                new FieldKey(
                        field.responseKey(),
                        field.name(),
                        arguments,
                        scope.runtimeTypes(),
                        condition,
                        scope.defer(),
                        0);
        groups.add(key, new Occurrence(field, scope.type()));
    }

    /// The condition of a selection without what is held anyway; null where it can never apply.
    private static @Nullable Condition condition(
            Selection selection, Condition enclosing, Condition held) {
        List<Literal> own = new ArrayList<>();
        for (Directive directive : selection.directives()) {
            boolean include = directive.name().equals("include");
            if (!include && !directive.name().equals("skip")) {
                continue;
            }
            Value argument = directive.argument("if");
            if (argument instanceof Value.Variable(var name)) {
                own.add(new Literal(name, include));
            } else if (!(argument instanceof Value.BooleanValue(var constant))) {
                throw new IllegalArgumentException("@" + directive.name() + " without a Boolean");
            } else if (constant != include) {
                return null;
            }
        }
        if (own.isEmpty()) {
            return enclosing;
        }
        Condition all = and(enclosing, new Condition(own));
        if (all == null || and(held, all) == null) {
            return null;
        }
        return new Condition(
                all.literals().stream().filter(it -> !held.literals().contains(it)).toList());
    }

    /// Both conditions, sorted; null where they contradict each other.
    private static @Nullable Condition and(Condition one, Condition other) {
        SequencedSet<Literal> literals = new LinkedHashSet<>(one.literals());
        literals.addAll(other.literals());
        for (Literal literal : literals) {
            if (literals.contains(new Literal(literal.variable(), !literal.value()))) {
                return null;
            }
        }
        return new Condition(
                literals.stream()
                        .sorted(
                                Comparator.comparing(Literal::variable)
                                        .thenComparing(Literal::value))
                        .toList());
    }
}
