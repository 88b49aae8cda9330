package dev.trivium.planner;

import dev.trivium.planner.World.Field;
import dev.trivium.planner.World.ObjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/// Splits a random schema over some subgraphs. Every field can be reached: a subgraph that has an
/// entity resolves it by a key that every other one knows.
final class RandomWorld {
    private static final int ENTITIES = 4;

    private final Random random;
    private final World world;
    private final List<ObjectType> entities = new ArrayList<>();

    private RandomWorld(Random random) {
        this.random = random;
        this.world = new World(2 + random.nextInt(3));
    }

    static World of(Random random) {
        return new RandomWorld(random).create();
    }

    private World create() {
        for (int i = 0; i < ENTITIES; i++) {
            entities.add(entity("E" + i));
        }
        abstractTypes();
        ObjectType value = valueType();
        for (ObjectType entity : entities) {
            references(entity, value);
        }
        for (ObjectType entity : entities) {
            requires(entity);
            provides(entity);
        }
        query();
        return world;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int one(NavigableSet<Integer> of) {
        return List.copyOf(of).get(random.nextInt(of.size()));
    }

    private NavigableSet<Integer> subgraphs(int percent) {
        TreeSet<Integer> some = new TreeSet<>();
        some.add(random.nextInt(world.subgraphs));
        for (int s = 0; s < world.subgraphs; s++) {
            if (chance(percent)) {
                some.add(s);
            }
        }
        return some;
    }

    /// With a key `id` in all its subgraphs, or with `id` and `code` bridged by the first one.
    private ObjectType entity(String name) {
        ObjectType type = ObjectType.of(name);
        world.objects.put(name, type);
        NavigableSet<Integer> in = subgraphs(60);
        boolean twoKeys = chance(35);
        Field id = Field.of("id", "ID", false, List.of());
        Field code = Field.of("code", "String", false, List.of());
        for (int s : in) {
            List<World.Key> keys = new ArrayList<>();
            boolean bridge = twoKeys && s == in.first();
            if (!twoKeys || bridge || chance(50)) {
                keys.add(new World.Key("id", true));
                id.owners().add(s);
            }
            if (bridge || (twoKeys && keys.isEmpty())) {
                keys.add(new World.Key("code", true));
                code.owners().add(s);
            }
            type.keys().put(s, keys);
        }
        type.add(id);
        if (twoKeys) {
            type.add(code);
        }
        for (int i = 0; i < 4; i++) {
            Field field = Field.of("f" + i, "String", false, List.of());
            field = chance(30) ? field.withArgument() : field;
            field.owners().add(one(in));
            if (chance(25)) {
                field.owners().add(one(in));
            }
            type.add(field);
        }
        return type;
    }

    /// An interface of those entities that have `id` in one subgraph, and a union of them.
    private void abstractTypes() {
        int home = random.nextInt(world.subgraphs);
        List<ObjectType> there =
                entities.stream().filter(it -> it.field("id").owners().contains(home)).toList();
        if (there.isEmpty()) {
            return;
        }
        world.interfaces.put("Node", List.of("id"));
        world.unions.put("Any", new LinkedHashMap<>());
        for (ObjectType type : there) {
            TreeSet<Integer> in = new TreeSet<>();
            in.add(home);
            for (int s : type.field("id").owners()) {
                if (chance(40)) {
                    in.add(s);
                }
            }
            type.implementing().put("Node", in);
            if (chance(70)) {
                world.members("Any").put(type.name(), new TreeSet<>(in));
            }
        }
        if (world.members("Any").isEmpty()) {
            world.unions.remove("Any");
        }
    }

    /// A type without key that all subgraphs share.
    private ObjectType valueType() {
        ObjectType type = ObjectType.of("V");
        world.objects.put("V", type);
        for (int s = 0; s < world.subgraphs; s++) {
            type.keys().put(s, List.of());
        }
        for (int i = 0; i < 2; i++) {
            Field field = Field.of("v" + i, "String", false, List.of());
            type.keys().keySet().forEach(field.owners()::add);
            type.add(field);
        }
        return type;
    }

    private void references(ObjectType type, ObjectType value) {
        TreeSet<Integer> in = new TreeSet<>(type.keys().keySet());
        for (int i = 0; i < 2; i++) {
            int s = one(in);
            addReference(type, "r" + i, s);
        }
        if (chance(50)) {
            Field field = Field.of("v", value.name(), chance(30), List.of(value.name()));
            in.forEach(s -> {
                if (field.owners().isEmpty() || chance(40)) {
                    field.owners().add(s);
                }
            });
            type.add(field);
        }
    }

    /// A reference to whatever exists in the subgraph.
    private void addReference(ObjectType type, String name, int subgraph) {
        boolean list = chance(40);
        List<String> targets = new ArrayList<>();
        entities.stream()
                .filter(it -> isKeyedIn(it, subgraph))
                .forEach(it -> targets.add(it.name()));
        world.interfaces.keySet().forEach(targets::add);
        world.unions.keySet().forEach(targets::add);
        String target = targets.get(random.nextInt(targets.size()));
        List<String> kinds =
                entities.stream()
                        .map(ObjectType::name)
                        .filter(it -> world.isA(it, target, subgraph))
                        .toList();
        if (!kinds.isEmpty()) {
            Field field = Field.of(name, target, list, kinds);
            field.owners().add(subgraph);
            type.add(field);
        }
    }

    private static boolean isKeyedIn(ObjectType type, int subgraph) {
        return !type.keysIn(subgraph).isEmpty();
    }

    /// A field that needs a leaf, or a leaf of a neighbour, that another subgraph has.
    private void requires(ObjectType type) {
        if (chance(50)) {
            TreeSet<Integer> keyed = new TreeSet<>(type.keys().keySet());
            keyed.removeIf(it -> !isKeyedIn(type, it));
            int s = one(keyed);
            List<Field> foreign =
                    type.fields().values().stream()
                            .filter(it -> !it.owners().contains(s) && !it.argument())
                            .filter(it -> it.requires().isEmpty())
                            .filter(it -> it.kinds().isEmpty() || it.target().startsWith("E"))
                            .toList();
            if (!foreign.isEmpty()) {
                Field needed = foreign.get(random.nextInt(foreign.size()));
                needed.external().add(s);
                String set = needed.name();
                if (!needed.kinds().isEmpty()) {
                    ObjectType neighbour = world.object(needed.target());
                    Field leaf = neighbour.field("f1");
                    if (leaf.argument()) {
                        leaf = neighbour.field("id");
                    }
                    neighbour.keys().putIfAbsent(s, List.of());
                    if (!leaf.owners().contains(s)) {
                        leaf.external().add(s);
                    }
                    set += " { " + leaf.name() + " }";
                }
                Field field = Field.of("q", "String", false, List.of());
                field.owners().add(s);
                field.requires().put(s, set);
                type.add(field);
            }
        }
    }

    /// A reference whose subgraph also knows a leaf of another one.
    private void provides(ObjectType type) {
        for (Field field : type.fields().values()) {
            if (field.kinds().size() == 1 && field.target().startsWith("E") && chance(40)) {
                int s = field.owners().first();
                Field leaf = world.object(field.target()).field("f2");
                if (!leaf.owners().contains(s) && !leaf.argument()) {
                    leaf.external().add(s);
                    field.provides().put(s, "f2");
                }
            }
        }
    }

    private void query() {
        ObjectType query = ObjectType.of("Query");
        for (int s = 0; s < world.subgraphs; s++) {
            query.keys().put(s, List.of());
        }
        for (int s = 0; s < world.subgraphs; s++) {
            int subgraph = s;
            if (entities.stream().anyMatch(it -> isKeyedIn(it, subgraph))) {
                addReference(query, "a" + s, s);
                addReference(query, "b" + s, s);
            }
        }
        for (ObjectType type : entities) {
            Field field = Field.of("all" + type.name(), type.name(), true, List.of(type.name()));
            TreeSet<Integer> in = new TreeSet<>(type.keys().keySet());
            in.removeIf(s -> !isKeyedIn(type, s));
            field.owners().add(one(in));
            if (chance(30)) {
                field.owners().add(one(in));
            }
            query.add(field);
        }
        world.objects.put("Query", query);
    }
}
