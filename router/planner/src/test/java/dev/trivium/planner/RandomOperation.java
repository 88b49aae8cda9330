package dev.trivium.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes a random operation for a {@link World}: aliases, arguments, fragments, conditions.
final class RandomOperation {
    private static final int MAX_DEPTH = 4;

    private final World world;
    private final Random random;
    private int aliases;

    private RandomOperation(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    static String of(World world, Random random) {
        return "query($x: Int, $yes: Boolean!, $no: Boolean!) "
                + new RandomOperation(world, random).selections("Query", 0);
    }

    /// Values of the variables.
    static Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("x", 7);
        variables.put("yes", true);
        variables.put("no", false);
        return variables;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String selections(String type, int depth) {
        List<String> selections = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            selections.add(selection(type, depth));
        }
        return "{ " + String.join(" ", selections) + " }";
    }

    private String selection(String type, int depth) {
        List<String> members =
                world.objects.keySet().stream().filter(it -> world.isA(it, type)).toList();
        boolean isObject = world.objects.containsKey(type);
        boolean isInterface = world.interfaces.containsKey(type);
        if (chance(8)) {
            return "__typename";
        }
        if (isObject && chance(90)) {
            return field(type, depth);
        }
        if (isInterface && chance(40)) {
            return world.interfaceFields(type).getFirst() + condition();
        }
        String on = members.get(random.nextInt(members.size()));
        return "... on " + on + condition() + " " + selections(on, depth);
    }

    private String field(String type, int depth) {
        List<World.Field> fields =
                world.object(type).fields().values().stream()
                        .filter(it -> depth < MAX_DEPTH || it.kinds().isEmpty())
                        .toList();
        World.Field field = fields.get(random.nextInt(fields.size()));
        boolean argument = field.argument() && chance(70);
        String arguments =
                !argument ? "" : chance(50) ? "(x: $x)" : "(x: " + random.nextInt(2) + ")";
        boolean alias = argument || !field.kinds().isEmpty() || chance(10);
        return (alias ? "a" + aliases++ + ": " : "")
                + field.name()
                + arguments
                + condition()
                + (field.kinds().isEmpty() ? "" : " " + selections(field.target(), depth + 1));
    }

    private String condition() {
        return switch (random.nextInt(24)) {
            case 0 -> " @include(if: $yes)";
            case 1 -> " @include(if: $no)";
            case 2 -> " @skip(if: $no)";
            case 3 -> " @skip(if: $yes)";
            case 4 -> " @skip(if: true)";
            default -> "";
        };
    }
}
