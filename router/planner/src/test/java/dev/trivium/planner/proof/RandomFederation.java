package dev.trivium.planner.proof;

import dev.trivium.composition.SubgraphSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/// Splits a random schema over some subgraphs, with all directives of Federation 2.
///
/// Not everything that comes out composes: composition tells what can be resolved.
final class RandomFederation {
    private static final String ID = ": ID!";

    /// A field of an entity.
    ///
    /// @param rest arguments and type
    private record Leaf(String name, String rest, NavigableSet<Integer> owners) {
        boolean hasArguments() {
            return rest.startsWith("(");
        }
    }

    /// An entity.
    ///
    /// @param keys of the first of its subgraphs, which bridges the others
    /// @param in where it is resolved
    private record Entity(
            String name, List<String> keys, NavigableSet<Integer> in, List<Leaf> leaves) {}

    private final Random random;
    private final List<SubgraphDraft> subgraphs = new ArrayList<>();
    private final List<Entity> entities = new ArrayList<>();
    private final Map<String, NavigableSet<Integer>> abstracts = new LinkedHashMap<>();
    private final int nonNull;
    private int fields;

    private RandomFederation(Random random) {
        this.random = random;
        this.nonNull = List.of(0, 20, 60).get(random.nextInt(3));
    }

    static List<SubgraphSource> of(Random random) {
        return new RandomFederation(random).create();
    }

    private List<SubgraphSource> create() {
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            subgraphs.add(new SubgraphDraft(i));
        }
        enums();
        for (int i = 0; i < 3 + random.nextInt(2); i++) {
            entities.add(entity("E" + i));
        }
        valueTypes();
        entityInterface();
        plainInterface();
        union();
        entities.forEach(this::references);
        entities.forEach(this::requires);
        interfaceObject();
        query();
        mutation();
        return subgraphs.stream().map(SubgraphDraft::source).toList();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private int one(NavigableSet<Integer> of) {
        return one(List.copyOf(of));
    }

    private NavigableSet<Integer> some(int percent) {
        NavigableSet<Integer> some = new TreeSet<>(List.of(random.nextInt(subgraphs.size())));
        subgraphs.stream().filter(_ -> chance(percent)).forEach(it -> some.add(it.number));
        return some;
    }

    private String bang() {
        return chance(nonNull) ? "!" : "";
    }

    /// Only some subgraphs know all values of `Shade`; all know those of `Color`.
    private void enums() {
        for (SubgraphDraft it : subgraphs) {
            it.declare("enum", "Color");
            List.of("RED", "GREEN").forEach(value -> it.add("Color", value, ""));
            it.declare("enum", "Shade");
            it.add("Shade", "DARK", "");
            it.add("Shade", "LIGHT", "");
            if (chance(50)) {
                it.add("Shade", "DIM", "");
            }
            it.declare("input", "Pattern");
            it.add("Pattern", "color", ": Color = RED");
            it.add("Pattern", "sizes", ": [Int!]");
            it.declare("scalar", "Date");
        }
    }

    private String leafType() {
        return one(
                        List.of(
                                "String",
                                "String",
                                "Int",
                                "Float",
                                "Boolean",
                                "Shade",
                                "Date",
                                "[String]",
                                "[[Int!]!]"))
                + bang();
    }

    private String arguments() {
        return chance(70)
                ? ""
                : one(
                        List.of(
                                "(x: Int)",
                                "(x: Int = 5, on: Boolean)",
                                "(color: Color)",
                                "(pattern: Pattern, names: [String!])"));
    }

    private Entity entity(String name) {
        NavigableSet<Integer> in = some(55);
        List<String> keys =
                one(
                        List.of(
                                List.of("id"),
                                List.of("id"),
                                List.of("id", "code"),
                                List.of("id", "id code"),
                                List.of("info { serial }", "id"),
                                List.of("code number")));
        Entity entity = new Entity(name, keys, in, new ArrayList<>());
        for (int s : in) {
            boolean all = s == in.first();
            List<String> own = new ArrayList<>(keys);
            while (!all && own.size() > 1 && chance(60)) {
                own.remove(random.nextInt(own.size()));
            }
            own.forEach(it -> key(s, name, it, true));
        }
        for (int i = 0; i < 4; i++) {
            leaf(entity, "f" + i);
        }
        return entity;
    }

    /// Declares a key with its fields.
    private void key(int s, String type, String key, boolean resolvable) {
        SubgraphDraft subgraph = subgraphs.get(s);
        String unresolvable = resolvable ? "" : ", resolvable: false";
        subgraph.directive(type, "@key(fields: \"" + key + "\"" + unresolvable + ")");
        for (String field : key.replaceAll("\\{.*}", "").strip().split(" +", -1)) {
            switch (field) {
                case "id" -> subgraph.add(type, "id", ID);
                case "info" -> {
                    subgraph.add(type, "info", ": Info! @shareable");
                    subgraph.add("Info", "serial", ": Int! @shareable");
                }
                case "number" -> subgraph.add(type, "number", ": Int!");
                default -> subgraph.add(type, field, ": String!");
            }
        }
    }

    private void leaf(Entity entity, String name) {
        String type = leafType();
        String rest = arguments() + ": " + type;
        Leaf leaf = new Leaf(name, rest, new TreeSet<>());
        entity.leaves().add(leaf);
        int s = one(entity.in());
        leaf.owners().add(s);
        String directives = chance(8) ? " @inaccessible" : "";
        int other = one(entity.in());
        if (other != s && chance(40)) {
            leaf.owners().add(other);
            subgraphs.get(other).add(entity.name(), name, rest + " @shareable");
            directives += " @shareable";
        } else if (other != s && chance(40)) {
            String label = chance(60) ? ", label: \"" + one(List.of("l0", "l1")) + "\"" : "";
            subgraphs.get(other).add(entity.name(), name, rest);
            directives += " @override(from: \"s" + other + "\"" + label + ")";
        }
        subgraphs.get(s).add(entity.name(), name, rest + directives);
    }

    /// `V` is the same everywhere; each subgraph knows a part of `W`.
    private void valueTypes() {
        String v0 = ": " + leafType() + " @shareable";
        String w0 = ": " + leafType() + " @shareable";
        for (SubgraphDraft it : subgraphs) {
            it.add("V", "v0", v0);
            it.add("V", "v1", ": String @shareable");
            it.add("W", "w0", w0);
            if (chance(50)) {
                it.add("W", "w1", ": String" + bang() + " @shareable");
            }
            if (chance(50)) {
                it.add("W", "w2", "(x: Int): String @shareable");
            }
        }
    }

    private boolean hasId(Entity entity, int s) {
        return subgraphs.get(s).has(entity.name(), "id");
    }

    /// An interface with a key: all its implementations are known to every subgraph that has it.
    private void entityInterface() {
        List<Entity> with =
                entities.stream().filter(it -> it.keys().getFirst().equals("id")).toList();
        if (with.size() < 2 || chance(30)) {
            return;
        }
        NavigableSet<Integer> in = some(30);
        abstracts.put("Node", in);
        for (int s : in) {
            SubgraphDraft subgraph = subgraphs.get(s);
            subgraph.declare("interface", "Node");
            subgraph.directive("Node", "@key(fields: \"id\")");
            subgraph.add("Node", "id", ID);
            for (Entity it : with) {
                key(s, it.name(), "id", true);
                it.in().add(s);
                subgraph.implement(it.name(), "Node");
            }
        }
    }

    /// An interface that only some types implement in each subgraph.
    private void plainInterface() {
        if (chance(25)) {
            return;
        }
        NavigableSet<Integer> in = new TreeSet<>();
        for (SubgraphDraft subgraph : subgraphs) {
            List<Entity> there =
                    entities.stream().filter(it -> hasId(it, subgraph.number)).toList();
            if (there.isEmpty() || chance(40)) {
                continue;
            }
            in.add(subgraph.number);
            subgraph.declare("interface", "Thing");
            subgraph.add("Thing", "id", ID);
            Entity always = one(there);
            there.stream()
                    .filter(it -> it.equals(always) || chance(60))
                    .forEach(it -> subgraph.implement(it.name(), "Thing"));
        }
        if (!in.isEmpty()) {
            abstracts.put("Thing", in);
        }
    }

    private void union() {
        NavigableSet<Integer> in = new TreeSet<>();
        for (SubgraphDraft subgraph : subgraphs) {
            List<String> there = new ArrayList<>(List.of("V"));
            entities.forEach(it -> {
                if (subgraph.has(it.name())) {
                    there.add(it.name());
                }
            });
            there.removeIf(_ -> chance(30));
            if (!there.isEmpty() && chance(70)) {
                in.add(subgraph.number);
                subgraph.declare("union", "Any");
                there.forEach(it -> subgraph.add("Any", it, ""));
            }
        }
        if (!in.isEmpty()) {
            abstracts.put("Any", in);
        }
    }

    /// The name of a type that a field of a subgraph can have; an entity from elsewhere as a stub.
    private String target(int s) {
        List<String> targets = new ArrayList<>(List.of("V", "W"));
        for (int i = 0; i < 2; i++) {
            entities.forEach(it -> targets.add(it.name()));
        }
        abstracts.forEach((name, in) -> {
            if (in.contains(s)) {
                targets.add(name);
                targets.add(name);
            }
        });
        String target = one(targets);
        know(s, target);
        return target;
    }

    /// Refers to an entity from elsewhere, whose leaves the subgraph may know though it resolves no
    /// entity.
    private void know(int s, String target) {
        for (Entity it : entities) {
            if (it.name().equals(target) && !subgraphs.get(s).has(target)) {
                key(s, target, one(it.keys()), false);
                Leaf leaf = one(it.leaves());
                if (chance(50)) {
                    subgraphs.forEach(other -> other.share(target, leaf.name()));
                    subgraphs.get(s).add(target, leaf.name(), leaf.rest() + " @shareable");
                    leaf.owners().add(s);
                }
            }
        }
    }

    private String wrap(String target) {
        String bang = bang();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> "[" + target + bang + "]" + bang();
            case 3 -> "[[" + target + bang + "]]" + bang();
            default -> target + bang;
        };
    }

    private void references(Entity entity) {
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            int s = one(entity.in());
            reference(entity.name(), "r" + i, s, entity.in());
        }
    }

    private void reference(String type, String name, int s, NavigableSet<Integer> in) {
        String target = target(s);
        String rest = (chance(15) ? "(x: Int)" : "") + ": " + wrap(target);
        NavigableSet<Integer> owners = new TreeSet<>(List.of(s));
        for (int other : in) {
            boolean can = !abstracts.containsKey(target) || abstracts.get(target).contains(other);
            if (can && chance(target.equals("W") ? 80 : 25)) {
                know(other, target);
                owners.add(other);
            }
        }
        for (int owner : owners) {
            String shareable = owners.size() > 1 ? " @shareable" : "";
            subgraphs.get(owner).add(type, name, rest + shareable + provides(target, owner));
        }
    }

    /// ` @provides` of a leaf that the subgraph does not resolve otherwise, or nothing.
    private String provides(String target, int s) {
        List<Entity> candidates =
                entities.stream()
                        .filter(it ->
                                it.name().equals(target) || subgraphs.get(s).isA(it.name(), target))
                        .toList();
        if (candidates.isEmpty() || chance(60)) {
            return "";
        }
        Entity entity = one(candidates);
        for (Leaf leaf : entity.leaves()) {
            boolean foreign =
                    !leaf.owners().contains(s) && !subgraphs.get(s).has(entity.name(), leaf.name());
            if (foreign && !leaf.hasArguments()) {
                subgraphs.forEach(it -> it.share(entity.name(), leaf.name()));
                subgraphs.get(s).add(entity.name(), leaf.name(), leaf.rest() + " @external");
                String set =
                        entity.name().equals(target)
                                ? leaf.name()
                                : "... on " + entity.name() + " { " + leaf.name() + " }";
                return " @provides(fields: \"" + set + "\")";
            }
        }
        return "";
    }

    /// Fields that need leaves, with arguments too, or leaves of neighbours of other subgraphs.
    private void requires(Entity entity) {
        for (int i = 0; i < 2; i++) {
            int s = one(entity.in());
            if (chance(50) || !subgraphs.get(s).isKeyed(entity.name())) {
                continue;
            }
            List<String> sets = new ArrayList<>();
            for (Leaf leaf : entity.leaves()) {
                if (!leaf.owners().contains(s) && chance(60)) {
                    external(s, entity, leaf).ifPresent(sets::add);
                }
            }
            neighbour(s, entity, i, sets);
            if (!sets.isEmpty()) {
                String rest =
                        arguments()
                                + ": "
                                + (chance(20) ? wrap(target(s)) : leafType())
                                + " @requires(fields: \""
                                + String.join(" ", sets)
                                + "\")";
                subgraphs.get(s).add(entity.name(), "q" + i, rest);
            }
        }
    }

    /// What to require, or nothing where the subgraph resolves the leaf by itself.
    private Optional<String> external(int s, Entity entity, Leaf leaf) {
        SubgraphDraft subgraph = subgraphs.get(s);
        if (subgraph.has(entity.name(), leaf.name())
                && !subgraph.isExternal(entity.name(), leaf.name())) {
            return Optional.empty();
        }
        subgraph.add(entity.name(), leaf.name(), leaf.rest() + " @external");
        boolean number = leaf.rest().startsWith("(x: Int");
        return Optional.of(
                leaf.name() + (number && chance(70) ? "(x: " + random.nextInt(3) + ")" : ""));
    }

    /// A leaf of an object that another subgraph knows of.
    private void neighbour(int s, Entity entity, int i, List<String> sets) {
        if (chance(60) || entity.in().size() < 2) {
            return;
        }
        NavigableSet<Integer> others = new TreeSet<>(entity.in());
        others.remove(s);
        int other = one(others);
        Entity target = one(entities);
        for (Leaf leaf : target.leaves()) {
            if (!leaf.hasArguments() && target.in().contains(s) && !leaf.owners().contains(s)) {
                String name = "n" + i;
                String rest = ": " + wrap(target.name());
                know(other, target.name());
                subgraphs.get(other).add(entity.name(), name, rest);
                subgraphs.get(s).add(entity.name(), name, rest + " @external");
                external(s, target, leaf).ifPresent(it -> sets.add(name + " { " + it + " }"));
                return;
            }
        }
    }

    /// A subgraph that knows the entity interface as an object.
    private void interfaceObject() {
        for (SubgraphDraft subgraph : subgraphs) {
            boolean free = entities.stream().noneMatch(it -> subgraph.has(it.name()));
            if (abstracts.containsKey("Node") && !subgraph.has("Node") && free && chance(80)) {
                subgraph.directive("Node", "@key(fields: \"id\")");
                subgraph.directive("Node", "@interfaceObject");
                subgraph.add("Node", "id", ID);
                subgraph.add("Node", "extra", arguments() + ": " + leafType());
                abstracts.getOrDefault("Node", new TreeSet<>()).add(subgraph.number);
            }
        }
    }

    private void query() {
        NavigableSet<Integer> all = new TreeSet<>();
        subgraphs.forEach(it -> all.add(it.number));
        for (SubgraphDraft subgraph : subgraphs) {
            for (int i = 0; i < 2; i++) {
                reference("Query", "a" + fields++, subgraph.number, all);
            }
        }
        for (Entity it : entities) {
            int s = one(it.in());
            subgraphs.get(s).add("Query", "all" + it.name(), ": [" + it.name() + "!]!");
        }
        abstracts.forEach((name, in) -> {
            int s = one(in);
            subgraphs.get(s).add("Query", "all" + name, ": " + wrap(name));
        });
    }

    private void mutation() {
        if (chance(60)) {
            return;
        }
        for (int i = 0; i < 4; i++) {
            int s = random.nextInt(subgraphs.size());
            String target = target(s);
            String rest = "(x: Int): " + wrap(target);
            int other = random.nextInt(subgraphs.size());
            boolean can = !abstracts.containsKey(target) || abstracts.get(target).contains(other);
            if (other != s && can && chance(30)) {
                know(other, target);
                rest += " @shareable";
                subgraphs.get(other).add("Mutation", "m" + i, rest);
            }
            subgraphs.get(s).add("Mutation", "m" + i, rest);
        }
    }
}
