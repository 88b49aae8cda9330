package dev.trivium.planner.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/// Subgraphs while they are made, and the dice.
final class FederationDraft {
    /// A field of an entity that leads nowhere.
    ///
    /// @param rest arguments and type
    record Leaf(String name, String rest, NavigableSet<Integer> owners) {
        boolean hasArguments() {
            return rest.startsWith("(");
        }

        String type() {
            return rest.substring(rest.lastIndexOf(": ") + 2);
        }
    }

    /// An entity.
    ///
    /// @param keys of the first of its subgraphs, which bridges the others
    /// @param in where it is resolved
    /// @param isNode whether it is of the interface with a key
    record Entity(
            String name,
            List<String> keys,
            NavigableSet<Integer> in,
            List<Leaf> leaves,
            boolean isNode) {}

    /// The interface with a key.
    static final String NODE = "Node";

    /// Another one, of some of the same entities, which is there where interface objects are.
    static final String ITEM = "Item";

    final List<SubgraphDraft> subgraphs = new ArrayList<>();
    final List<Entity> entities = new ArrayList<>();

    /// Where interfaces and unions are known.
    final Map<String, NavigableSet<Integer>> abstracts = new LinkedHashMap<>();

    /// Subgraphs that know the interface with a key as an object, and none of its entities.
    final NavigableSet<Integer> withInterfaceObject = new TreeSet<>();

    private final Random random;
    private final int nonNull;

    FederationDraft(Random random) {
        this.random = random;
        this.nonNull = List.of(0, 20, 60).get(random.nextInt(3));
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            subgraphs.add(new SubgraphDraft(i));
        }
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    int one(NavigableSet<Integer> of) {
        return one(List.copyOf(of));
    }

    NavigableSet<Integer> all() {
        NavigableSet<Integer> all = new TreeSet<>();
        subgraphs.forEach(it -> all.add(it.number));
        return all;
    }

    /// One of some subgraphs, and each other of them by chance.
    NavigableSet<Integer> some(NavigableSet<Integer> of, int percent) {
        NavigableSet<Integer> some = new TreeSet<>(List.of(one(of)));
        of.stream().filter(_ -> chance(percent)).forEach(some::add);
        return some;
    }

    SubgraphDraft subgraph(int number) {
        return subgraphs.get(number);
    }

    String bang() {
        return chance(nonNull) ? "!" : "";
    }

    String leafType() {
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

    String arguments() {
        return chance(70)
                ? ""
                : one(
                        List.of(
                                "(x: Int)",
                                "(x: Int = 5, on: Boolean)",
                                "(color: Color)",
                                "(pattern: Pattern, names: [String!])"));
    }

    /// A type with lists and nullability around it.
    String wrap(String target) {
        String bang = bang();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> "[" + target + bang + "]" + bang();
            case 3 -> "[[" + target + bang + "]]" + bang();
            default -> target + bang;
        };
    }

    /// Declares a key with its fields.
    void key(int s, String type, String key, boolean resolvable) {
        SubgraphDraft subgraph = subgraphs.get(s);
        String unresolvable = resolvable ? "" : ", resolvable: false";
        subgraph.directive(type, "@key(fields: \"" + key + "\"" + unresolvable + ")");
        for (String field : key.replaceAll("\\{.*}", "").strip().split(" +", -1)) {
            switch (field) {
                case "id" -> subgraph.add(type, "id", ": ID!");
                case "info" -> {
                    subgraph.add(type, "info", ": Info! @shareable");
                    subgraph.add("Info", "serial", ": Int! @shareable");
                }
                case "number" -> subgraph.add(type, "number", ": Int!");
                default -> subgraph.add(type, field, ": String!");
            }
        }
    }

    /// The name of a type that a field can have which other subgraphs may share.
    private String sharedTarget(int s) {
        return chance(8) ? "W" : target(s);
    }

    /// The name of a type that a field of a subgraph can have; an entity from elsewhere as a stub.
    String target(int s) {
        List<String> targets = new ArrayList<>(List.of("V"));
        for (int i = 0; i < 2; i++) {
            entities.stream()
                    .filter(it -> canKnow(s, it.name()))
                    .forEach(it -> targets.add(it.name()));
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

    /// Whether a field of a subgraph can have a type.
    boolean canKnow(int s, String target) {
        boolean hidden =
                withInterfaceObject.contains(s)
                        && entities.stream()
                                .anyMatch(it -> it.name().equals(target) && it.isNode());
        return !hidden && (!abstracts.containsKey(target) || abstracts.get(target).contains(s));
    }

    /// Refers to an entity from elsewhere, whose leaves the subgraph may know though it resolves no
    /// entity.
    void know(int s, String target) {
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

    /// Adds a field that leads to other objects, to be resolved by one subgraph or more.
    void reference(String type, String name, int s, NavigableSet<Integer> in) {
        String target = sharedTarget(s);
        String rest = (chance(15) ? "(x: Int)" : "") + ": " + wrap(target);
        NavigableSet<Integer> owners = new TreeSet<>(List.of(s));
        for (int other : in) {
            if (canKnow(other, target) && chance(target.equals("W") ? 80 : 25)) {
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
}
