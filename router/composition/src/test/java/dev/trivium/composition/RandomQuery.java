package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.TypeReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A query of some of the fields of a schema, with some of their arguments.
final class RandomQuery {
    private static final int DEPTH = 4;

    private final Document schema;
    private final Random random;

    RandomQuery(Document schema, Random random) {
        this.schema = schema;
        this.random = random;
    }

    String text() {
        String query =
                schema.definitions(Definition.Schema.class).stream()
                        .flatMap(definition -> definition.rootTypes().stream())
                        .filter(root -> root.operation().keyword().equals("query"))
                        .map(Definition.RootType::typeName)
                        .findFirst()
                        .orElse("Query");
        return selections(query, DEPTH);
    }

    private Definition.@Nullable Type type(String name) {
        return schema.definitions(Definition.Type.class).stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private String selections(String typeName, int depth) {
        List<String> selections = new ArrayList<>(List.of("__typename"));
        switch (type(typeName)) {
            case Definition.ObjectType object -> fields(object.fields(), depth, selections);
            case Definition.InterfaceType anInterface ->
                    fields(anInterface.fields(), depth, selections);
            case Definition.UnionType union -> {
                String member = DraftSubgraph.any(random, union.members());
                selections.add("... on " + member + " " + selections(member, depth));
            }
            case null, default -> {
                return "";
            }
        }
        return "{ " + String.join(" ", selections) + " }";
    }

    private void fields(
            List<Definition.FieldDefinition> fields, int depth, List<String> selections) {
        for (Definition.FieldDefinition field : fields) {
            if (depth > 0 && random.nextInt(3) > 0) {
                // Under a key of its own, so that selections never conflict.
                String key = "k" + random.nextInt(1_000_000_000);
                String below = selections(field.type().namedType(), depth - 1);
                selections.add(key + ": " + field.name() + arguments(field) + " " + below);
            }
        }
    }

    private String arguments(Definition.FieldDefinition field) {
        List<String> given = new ArrayList<>();
        for (Definition.InputValue argument : field.arguments()) {
            if (isGiven(argument)) {
                given.add(argument.name() + ": " + value(argument.type(), DEPTH));
            }
        }
        return given.isEmpty() ? "" : "(" + String.join(", ", given) + ")";
    }

    private boolean isGiven(Definition.InputValue input) {
        boolean required = input.type().isNonNull() && input.defaultValue() == null;
        return required || random.nextBoolean();
    }

    private String value(TypeReference type, int depth) {
        return switch (type) {
            case TypeReference.NonNull(var inner) -> value(inner, depth);
            case TypeReference.ListOf(var element) -> "[" + value(element, depth) + "]";
            case TypeReference.Named(var name) -> named(name, depth);
        };
    }

    private String named(String name, int depth) {
        return switch (type(name)) {
            case Definition.EnumType anEnum -> DraftSubgraph.any(random, anEnum.values()).name();
            case Definition.InputObjectType input -> {
                List<String> fields = new ArrayList<>();
                for (Definition.InputValue field : input.fields()) {
                    boolean required = field.type().isNonNull() && field.defaultValue() == null;
                    if (required || (depth > 0 && random.nextBoolean())) {
                        fields.add(field.name() + ": " + value(field.type(), depth - 1));
                    }
                }
                yield "{" + String.join(", ", fields) + "}";
            }
            case null, default ->
                    switch (name) {
                        case "String", "ID" -> "\"x\"";
                        case "Boolean" -> "true";
                        default -> "1";
                    };
        };
    }
}
