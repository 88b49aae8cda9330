package dev.trivium.planner.proof;

import dev.trivium.language.Definition.InputValue;
import dev.trivium.language.OperationType;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes a random operation over what clients see of a supergraph: aliases, arguments, fragments,
/// deferred ones too, conditions, introspection.
final class RandomOperation {
    private static final int MAX_DEPTH = 4;
    private static final List<String> VARIABLES =
            List.of(
                    "$x: Int",
                    "$y: Int = 8",
                    "$yes: Boolean!",
                    "$no: Boolean!",
                    "$maybe: Boolean! = true",
                    "$color: Color",
                    "$pattern: Pattern",
                    "$names: [String!]");

    private final SchemaView schema;
    private final Random random;
    private final List<String> fragments = new ArrayList<>();
    private final OperationType type;
    private final boolean defers;
    private int aliases;
    private int labels;

    private RandomOperation(SchemaView schema, Random random) {
        this.schema = schema;
        this.random = random;
        this.type = type();
        this.defers = type != OperationType.SUBSCRIPTION && chance(20);
    }

    static String of(SchemaView schema, Random random) {
        return new RandomOperation(schema, random).write();
    }

    private OperationType type() {
        if (has(OperationType.MUTATION) && chance(20)) {
            return OperationType.MUTATION;
        }
        return has(OperationType.SUBSCRIPTION) && chance(15)
                ? OperationType.SUBSCRIPTION
                : OperationType.QUERY;
    }

    private boolean has(OperationType operation) {
        return schema.supergraph().rootTypes().containsKey(operation);
    }

    private String write() {
        String root = schema.rootType(type);
        String body =
                (type == OperationType.SUBSCRIPTION ? event(root) : selections(root, 0))
                        + String.join("", fragments);
        List<String> used =
                VARIABLES.stream()
                        .filter(it -> body.matches("(?s).*\\" + it.split(":", 2)[0] + "\\b.*"))
                        .toList();
        String head = used.isEmpty() ? "" : "(" + String.join(", ", used) + ")";
        return type.keyword() + " Q" + head + " " + body;
    }

    /// A subscription has one root field, without a condition.
    private String event(String root) {
        return "{ " + field(root, 0) + " }";
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String selections(String type, int depth) {
        List<String> selections = new ArrayList<>();
        int count = 1 + random.nextInt(defers ? 3 : 4);
        for (int i = 0; i < count; i++) {
            selections.add(selection(type, depth));
        }
        return "{ " + String.join(" ", selections) + " }";
    }

    private String selection(String type, int depth) {
        if (chance(8)) {
            return (chance(20) ? "a" + aliases++ + ": " : "") + "__typename" + condition();
        }
        if (depth == 0
                && type.equals(schema.supergraph().rootTypes().get(OperationType.QUERY))
                && chance(4)) {
            return chance(50)
                    ? "__schema { queryType { name } }" + ""
                    : "a" + aliases++ + ": __type(name: \"Query\")" + condition() + " { kind }";
        }
        boolean isUnion = schema.type(type) instanceof SupergraphType.UnionType;
        boolean isAbstract = schema.isAbstract(type);
        if (isUnion || chance(isAbstract ? 60 : defers ? 18 : 10)) {
            return fragment(type, depth);
        }
        return field(type, depth);
    }

    private String fragment(String type, int depth) {
        List<String> conditions = new ArrayList<>();
        for (SupergraphType it : schema.supergraph().types().values()) {
            boolean overlaps =
                    schema.possible(it.name()).stream()
                            .filter(schema::isVisible)
                            .anyMatch(schema.possible(type)::contains);
            if (overlaps && !it.inaccessible()) {
                conditions.add(it.name());
            }
        }
        if (conditions.isEmpty()) {
            return "__typename";
        }
        String on = one(conditions);
        int below = depth + (schema.isAbstract(on) ? 1 : 0);
        if (below > MAX_DEPTH + 1) {
            return "__typename";
        }
        String selections = selections(on, below);
        if (chance(15)) {
            String name = "F" + fragments.size();
            fragments.add(" fragment " + name + " on " + on + " " + selections);
            return "..." + name + condition() + defer(type);
        }
        boolean untyped = on.equals(type) && chance(50);
        String condition = condition() + defer(type);
        return "..." + (untyped ? "" : " on " + on) + condition + " " + selections;
    }

    private String defer(String at) {
        boolean isRootOfMutation =
                type == OperationType.MUTATION && at.equals(schema.rootType(type));
        if (!defers || isRootOfMutation || chance(40)) {
            return "";
        }
        String label = "label: \"d" + labels++ + "\"";
        return switch (random.nextInt(8)) {
            case 0 -> " @defer(if: $yes, " + label + ")";
            case 1 -> " @defer(" + label + ", if: $no)";
            case 2 -> " @defer(if: false)";
            case 3 -> " @defer(if: true, " + label + ")";
            default -> " @defer(" + label + ")";
        };
    }

    private String field(String type, int depth) {
        List<Field> fields =
                ((SupergraphType.Composite) schema.type(type))
                        .fields().values().stream()
                                .filter(it -> !it.inaccessible())
                                .filter(it -> depth < MAX_DEPTH || isLeaf(it))
                                .filter(it -> isLeaf(it) || hasValues(type, it))
                                .toList();
        if (fields.isEmpty()) {
            return "__typename";
        }
        Field field = one(fields);
        String arguments = arguments(field);
        String target = field.type().namedType();
        boolean isEvent = depth == 0 && this.type == OperationType.SUBSCRIPTION;
        String condition = isEvent ? "" : condition();
        String name = alias(field, arguments) + field.name() + arguments + condition;
        return isLeaf(field) ? name : name + " " + selections(target, depth + 1);
    }

    /// Where two fields of one response key could clash, the key says all that could differ.
    private String alias(Field field, String arguments) {
        if (chance(10)) {
            return "a" + aliases++ + ": ";
        }
        if (arguments.isEmpty() && chance(92)) {
            return field.name().matches("[fqrn]\\d") ? typed(field) : "";
        }
        return "k"
                + Integer.toHexString((field.name() + field.type() + arguments).hashCode())
                + ": ";
    }

    /// Fields with one name but other types in other object types need other keys, except where
    /// what the client sees is the same.
    private String typed(Field field) {
        String type = field.type().toString();
        return field.name()
                + "_"
                + type.replaceAll("\\W", "")
                + Integer.toHexString(type.hashCode() & 0xff)
                + ": ";
    }

    /// Whether there are values that a client may see.
    private boolean hasValues(String type, Field field) {
        return schema.possible(type).stream()
                .noneMatch(it -> schema.kinds(it, field.name()).isEmpty());
    }

    private boolean isLeaf(Field field) {
        return schema.possible(field.type().namedType()).isEmpty();
    }

    private String arguments(Field field) {
        List<String> arguments = new ArrayList<>();
        for (InputValue argument : field.arguments().values()) {
            if (chance(70)) {
                arguments.add(argument.name() + ": " + value(argument.name()));
            }
        }
        return arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")";
    }

    private String value(String argument) {
        return switch (argument) {
            case "x" -> one(List.of("$x", "$y", "1", "2", "null"));
            case "on" -> one(List.of("true", "$yes"));
            case "color" -> one(List.of("$color", "RED"));
            case "pattern" ->
                    one(List.of("$pattern", "{color: GREEN}", "{color: GREEN, sizes: [1]}"));
            default -> one(List.of("$names", "[\"a\", \"b\"]"));
        };
    }

    private String condition() {
        return switch (random.nextInt(30)) {
            case 0 -> " @include(if: $yes)";
            case 1 -> " @include(if: $no)";
            case 2 -> " @skip(if: $no)";
            case 3 -> " @skip(if: $yes)";
            case 4 -> " @skip(if: true)";
            case 5 -> " @include(if: $maybe)";
            case 6 -> " @include(if: $yes) @skip(if: $no)";
            default -> "";
        };
    }
}
