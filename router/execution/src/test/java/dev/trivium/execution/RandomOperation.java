package dev.trivium.execution;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import java.util.List;
import java.util.random.RandomGenerator;

/// Operations at random over a schema. Not all of them are valid.
final class RandomOperation {

    private final Document schema;
    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();
    private final boolean conditions;
    private int fieldsLeft = 60;

    private RandomOperation(Document schema, RandomGenerator random, boolean conditions) {
        this.schema = schema;
        this.random = random;
        this.conditions = conditions;
    }

    /// @param conditions whether fields and fragments may have `@skip` and `@include`
    static String of(Document schema, RandomGenerator random, boolean conditions) {
        RandomOperation operation = new RandomOperation(schema, random, conditions);
        operation.out.append("query($yes: Boolean = true, $no: Boolean!) ");
        operation.selections("Query", 0);
        return operation.out.toString();
    }

    private void selections(String type, int depth) {
        out.append("{ ");
        if (depth > 0 && random.nextInt(3) == 0) {
            out.append("__typename ");
        }
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            selection(type, depth);
        }
        out.append(random.nextInt(4) == 0 ? "__typename } " : "} ");
    }

    private void selection(String type, int depth) {
        List<String> possible = TestSchema.possibleTypes(schema, type);
        List<Definition.FieldDefinition> fields =
                schema.definitions(Definition.Type.class).stream()
                        .filter(it -> it.name().equals(type))
                        .flatMap(it -> OutputFields.fields(it).stream())
                        .toList();
        if (fields.isEmpty() || random.nextInt(6) == 0) {
            String on = possible.get(random.nextInt(possible.size()));
            out.append("... on ").append(on).append(' ');
            condition();
            selections(on, depth + 1);
            return;
        }
        Definition.FieldDefinition field = fields.get(random.nextInt(fields.size()));
        String below = field.type().namedType();
        boolean composite = !TestSchema.possibleTypes(schema, below).isEmpty();
        if (composite && (depth > 5 || fieldsLeft < 0)) {
            out.append("__typename ");
            return;
        }
        fieldsLeft--;
        if (random.nextInt(8) == 0) {
            out.append("the_").append(field.name()).append(": ");
        }
        out.append(field.name()).append(' ');
        condition();
        if (composite) {
            selections(below, depth + 1);
        }
    }

    private void condition() {
        switch (conditions ? random.nextInt(14) : 14) {
            case 0 -> out.append("@include(if: $yes) ");
            case 1 -> out.append("@include(if: $no) ");
            case 2 -> out.append("@skip(if: $no) ");
            case 3 -> out.append("@skip(if: $yes) ");
            default -> {}
        }
    }
}
