package dev.trivium.language;

import static dev.trivium.language.SourceLocation.NONE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Documents that obey the grammar and nothing else; the same seed gives the same document.
final class RandomDocuments {
    private static final List<String> NAMES =
            List.of("a", "b1", "_c", "type", "query", "on2", "extend", "Input", "__typename", "E5");
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "x",
                    "two words",
                    "a\nb",
                    " a\n  b",
                    "a\n\n  b\nc ",
                    "\n",
                    "\"\"\"",
                    "\"",
                    "a\n\"\"\"\nb",
                    "\\",
                    "a\\\n\\\"\"\"b",
                    "\t",
                    "a\n\tb",
                    "\u0000",
                    "a\rb",
                    "\u007f",
                    "\ud83d\ude00",
                    "#",
                    "ends with quote\n\"",
                    "a\n   \nb",
                    "a\n\n",
                    "\b\f",
                    "\u00e4\n\u2028b");

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    Document executable() {
        return new Document(
                List.copyOf(some(1, 3, () -> random.nextBoolean() ? operation() : fragment())));
    }

    Document schema() {
        return new Document(some(0, 6, this::definition));
    }

    private Definition operation() {
        return new Definition.Operation(
                pick(List.of(OperationType.values())),
                maybe(this::name),
                some(0, 2, this::variable),
                directives(false),
                selections(3),
                NONE);
    }

    private Definition.VariableDefinition variable() {
        return new Definition.VariableDefinition(
                name(), type(3), maybe(() -> value(2, true)), directives(true), NONE);
    }

    private Definition fragment() {
        return new Definition.Fragment(name(), name(), directives(false), selections(3), NONE);
    }

    List<Selection> selections(int depth) {
        return some(1, 3, () -> selection(depth));
    }

    private Selection selection(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> new Selection.FragmentSpread(name(), directives(false), NONE);
            case 1 -> field(List.of());
            case 2 -> field(selections(depth - 1));
            default ->
                    new Selection.InlineFragment(
                            maybe(this::name), directives(false), selections(depth - 1), NONE);
        };
    }

    private Selection field(List<Selection> selections) {
        return new Selection.Field(
                maybe(this::name), name(), arguments(false), directives(false), selections, NONE);
    }

    private List<Argument> arguments(boolean constant) {
        return some(0, 2, () -> new Argument(name(), value(2, constant), NONE));
    }

    private List<Directive> directives(boolean constant) {
        return some(0, 2, () -> new Directive(name(), arguments(constant), NONE));
    }

    Value value(int depth, boolean constant) {
        return switch (random.nextInt(depth == 0 ? 7 : 9)) {
            case 0 -> constant ? new Value.NullValue() : new Value.Variable(name());
            case 1 -> new Value.IntValue(pick(List.of("0", "-1", "12345678901234567890")));
            case 2 -> new Value.FloatValue(pick(List.of("0.5", "-1e10", "1.0E-3")));
            case 3 -> new Value.StringValue(pick(TEXTS));
            case 4 -> new Value.BooleanValue(random.nextBoolean());
            case 5 -> new Value.EnumValue(name());
            case 6 -> new Value.NullValue();
            case 7 -> new Value.ListValue(some(0, 3, () -> value(depth - 1, constant)));
            default -> object(depth, constant);
        };
    }

    private Value object(int depth, boolean constant) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        some(0, 3, () -> fields.put(name(), value(depth - 1, constant)));
        return new Value.ObjectValue(fields);
    }

    private TypeReference type(int depth) {
        TypeReference type =
                depth > 0 && random.nextBoolean()
                        ? new TypeReference.ListOf(type(depth - 1))
                        : new TypeReference.Named(name());
        return random.nextBoolean() ? new TypeReference.NonNull(type) : type;
    }

    private Definition definition() {
        boolean extension = random.nextInt(3) == 0;
        @Nullable String description = extension ? null : maybe(() -> pick(TEXTS));
        // An extension must add something; directives do.
        List<Directive> directives =
                extension
                        ? List.of(new Directive(name(), arguments(true), NONE))
                        : directives(true);
        return switch (random.nextInt(8)) {
            case 0 ->
                    new Definition.Schema(
                            extension,
                            description,
                            directives,
                            some(extension ? 0 : 1, 3, this::rootType),
                            NONE);
            case 1 ->
                    new Definition.DirectiveType(
                            description,
                            name(),
                            some(0, 3, this::inputValue),
                            random.nextBoolean(),
                            some(1, 3, () -> pick(List.of("FIELD", "OBJECT", "ENUM_VALUE"))),
                            NONE);
            case 2 -> new Definition.ScalarType(extension, description, name(), directives, NONE);
            case 3 ->
                    new Definition.ObjectType(
                            extension, description, name(), names(), directives, fields(), NONE);
            case 4 ->
                    new Definition.InterfaceType(
                            extension, description, name(), names(), directives, fields(), NONE);
            case 5 ->
                    new Definition.UnionType(
                            extension, description, name(), directives, names(), NONE);
            case 6 ->
                    new Definition.EnumType(
                            extension,
                            description,
                            name(),
                            directives,
                            some(0, 3, this::enumValue),
                            NONE);
            default ->
                    new Definition.InputObjectType(
                            extension,
                            description,
                            name(),
                            directives,
                            some(0, 3, this::inputValue),
                            NONE);
        };
    }

    private Definition.RootType rootType() {
        return new Definition.RootType(pick(List.of(OperationType.values())), name(), NONE);
    }

    private List<Definition.FieldDefinition> fields() {
        return some(
                0,
                3,
                () ->
                        new Definition.FieldDefinition(
                                maybe(() -> pick(TEXTS)),
                                name(),
                                some(0, 3, this::inputValue),
                                type(3),
                                directives(true),
                                NONE));
    }

    private Definition.InputValue inputValue() {
        return new Definition.InputValue(
                maybe(() -> pick(TEXTS)),
                name(),
                type(3),
                maybe(() -> value(2, true)),
                directives(true),
                NONE);
    }

    private Definition.EnumValue enumValue() {
        return new Definition.EnumValue(maybe(() -> pick(TEXTS)), name(), directives(true), NONE);
    }

    private List<String> names() {
        return some(0, 25, this::name);
    }

    private String name() {
        return pick(NAMES);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> supplier) {
        return random.nextInt(3) == 0 ? supplier.get() : null;
    }

    private <T> List<T> some(int least, int most, Supplier<? extends T> supplier) {
        int count = least + random.nextInt(most - least + 1);
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(supplier.get());
        }
        return elements;
    }
}
