package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.planner.World.Thing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Executes an operation the plain way (GraphQL specification, section 6): against all of a {@link
/// World}, or as one of its subgraphs, which fails where it is asked for what it does not have.
final class WorldExecution {
    private static final int ALL = -1;

    private final World world;
    private final int subgraph;
    private final Map<String, Object> variables;

    /// An object as a subgraph knows it.
    ///
    /// @param representation what the router sent, or null
    /// @param provided external fields that can be asked for anyway
    private record Known(
            Thing thing, @Nullable Map<String, Object> representation, Set<String> provided) {}

    private WorldExecution(World world, int subgraph, Map<String, Object> variables) {
        this.world = world;
        this.subgraph = subgraph;
        this.variables = variables;
    }

    static Map<String, Object> all(World world, Document document, Map<String, Object> variables) {
        return new WorldExecution(world, ALL, variables).execute(document);
    }

    static Map<String, Object> subgraph(
            World world, int subgraph, Document document, Map<String, Object> variables) {
        return new WorldExecution(world, subgraph, variables).execute(document);
    }

    private Map<String, Object> execute(Document document) {
        Definition.Operation operation =
                document.definitions(Definition.Operation.class).getFirst();
        Set<String> declared = new HashSet<>();
        operation.variables().forEach(it -> declared.add(it.name()));
        if (!declared.containsAll(variables.keySet())) {
            throw new AssertionError("sent but not declared: " + variables.keySet());
        }
        Thing root = new Thing("Query", 0);
        return object(new Known(root, null, Set.of()), operation.selections());
    }

    private Map<String, Object> object(Known known, List<Selection> selections) {
        Map<String, List<Selection.Field>> groups = new LinkedHashMap<>();
        collect(known.thing().type(), selections, groups);
        Map<String, Object> result = new LinkedHashMap<>();
        groups.forEach((key, fields) -> put(result, key, field(known, fields)));
        return result;
    }

    /// Null values are kept.
    @SuppressWarnings("NullAway") // the collections of the JDK are annotated for no nulls
    static void put(Map<String, Object> target, String key, @Nullable Object value) {
        target.put(key, value);
    }

    private void collect(
            String type, List<Selection> selections, Map<String, List<Selection.Field>> groups) {
        for (Selection selection : selections) {
            if (!applies(selection)) {
                continue;
            }
            switch (selection) {
                case Selection.Field field ->
                        groups.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>())
                                .add(field);
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    if (on == null || isA(type, on)) {
                        collect(type, inline.selections(), groups);
                    }
                }
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
            }
        }
    }

    private boolean isA(String object, String type) {
        return subgraph == ALL ? world.isA(object, type) : world.isA(object, type, subgraph);
    }

    private boolean applies(Selection selection) {
        for (Directive directive : selection.directives()) {
            Object value = variable(directive.argument("if"));
            if (directive.name().equals("include")
                    ? !Boolean.TRUE.equals(value)
                    : Boolean.TRUE.equals(value)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object variable(@Nullable Value value) {
        return switch (value) {
            case Value.Variable(var name) -> {
                Object found = variables.get(name);
                if (found == null) {
                    throw new AssertionError("variable " + name + " was not sent");
                }
                yield found;
            }
            case Value.BooleanValue(var it) -> it;
            case Value.IntValue(var digits) -> Integer.valueOf(digits);
            case null -> null;
            default -> throw new AssertionError(value);
        };
    }

    private @Nullable Object field(Known known, List<Selection.Field> fields) {
        Selection.Field first = fields.getFirst();
        if (first.name().equals("__typename")) {
            return known.thing().type();
        }
        List<Selection> below = fields.stream().flatMap(it -> it.selections().stream()).toList();
        if (first.name().equals("_entities")) {
            return entities(first, below);
        }
        World.Field field = world.field(known.thing().type(), first.name());
        checkAccess(known, field);
        StringBuilder arguments = new StringBuilder();
        for (Argument argument : first.arguments()) {
            arguments.append(argument.name()).append('=').append(variable(argument.value()));
        }
        Object value =
                field.requires().isEmpty()
                        ? world.value(known.thing(), field, arguments.toString())
                        : required(known, field);
        String provides = field.provides().get(subgraph);
        return complete(value, provides == null ? Set.of() : Set.of(provides), below);
    }

    private void checkAccess(Known known, World.Field field) {
        if (subgraph == ALL) {
            return;
        }
        boolean has =
                field.owners().contains(subgraph)
                        || (field.external().contains(subgraph)
                                && known.provided().contains(field.name()));
        if (!has) {
            throw new AssertionError(
                    "subgraph %d does not serve %s.%s"
                            .formatted(subgraph, known.thing().type(), field.name()));
        }
    }

    private @Nullable Object complete(
            @Nullable Object value, Set<String> provided, List<Selection> below) {
        return switch (value) {
            case Thing thing -> object(new Known(thing, null, provided), below);
            case List<?> list -> {
                List<Object> result = new ArrayList<>();
                list.forEach(it -> add(result, complete(it, provided, below)));
                yield result;
            }
            case null -> null;
            default -> value;
        };
    }

    @SuppressWarnings("NullAway") // the collections of the JDK are annotated for no nulls
    private static void add(List<Object> target, @Nullable Object value) {
        target.add(value);
    }

    /// The value of a field with `@requires` says what it was made of.
    private Object required(Known known, World.Field field) {
        String set = field.requires().values().iterator().next();
        if (subgraph == ALL) {
            List<Selection> selections = PlanCase.selections(set);
            return field.name() + object(new Known(known.thing(), null, Set.of()), selections);
        }
        Map<String, Object> representation = known.representation();
        if (representation == null) {
            throw new AssertionError("no representation for " + field.name());
        }
        String name = set.split(" ", 2)[0];
        if (!representation.containsKey(name)) {
            throw new AssertionError(name + " is missing in " + representation);
        }
        Map<String, Object> used = new LinkedHashMap<>();
        put(used, name, representation.get(name));
        return field.name() + used;
    }

    private List<Object> entities(Selection.Field field, List<Selection> below) {
        Value argument = field.arguments().getFirst().value();
        List<Object> result = new ArrayList<>();
        if (variable(argument) instanceof List<?> representations) {
            for (Object representation : representations) {
                result.add(entity(representation, below));
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // made by PlanExecution
    private Object entity(Object sent, List<Selection> below) {
        Map<String, Object> representation = (Map<String, Object>) sent;
        String type = String.valueOf(representation.get("__typename"));
        for (World.Key key : world.object(type).keysIn(subgraph)) {
            Object value = representation.get(key.fields());
            if (key.resolvable() && value != null) {
                int number = Integer.parseInt(value.toString().split(":", 3)[1]);
                Thing thing = new Thing(type, number);
                return object(new Known(thing, representation, Set.of()), below);
            }
        }
        throw new AssertionError("no key of subgraph " + subgraph + " in " + representation);
    }
}
