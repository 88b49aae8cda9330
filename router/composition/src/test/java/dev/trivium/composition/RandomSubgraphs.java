package dev.trivium.composition;

import dev.trivium.composition.DraftSubgraph.DraftField;
import dev.trivium.composition.DraftSubgraph.DraftType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes small sets of subgraphs, the same for the same seed: first a set that is meant to compose,
/// in which entities, value types, interfaces, unions, enums and inputs are spread over one to four
/// subgraphs, then up to three mutations, of which most break something.
final class RandomSubgraphs {
    private static final List<Integer> VERSIONS = List.of(-1, 0, 3, 5, 7, 9, 9, 9, 12);
    private static final List<String> SCALARS =
            List.of(
                    "Int",
                    "String",
                    "Float",
                    "Boolean",
                    "ID",
                    "Int!",
                    "String!",
                    "[Int]",
                    "[String!]!");

    private final Random random;
    private final List<DraftSubgraph> subgraphs = new ArrayList<>();

    private RandomSubgraphs(long seed) {
        this.random = new Random(seed);
    }

    static List<SubgraphSource> of(long seed) {
        RandomSubgraphs generator = new RandomSubgraphs(seed);
        generator.draft();
        int mutations = List.of(0, 0, 1, 1, 2, 3).get(generator.random.nextInt(6));
        SubgraphMutations mutate = new SubgraphMutations(generator.random, generator.subgraphs);
        for (int i = 0; i < mutations; i++) {
            mutate.one();
        }
        return generator.subgraphs.stream().map(DraftSubgraph::source).toList();
    }

    private void draft() {
        boolean oneVersion = random.nextInt(3) > 0;
        int version = DraftSubgraph.any(random, VERSIONS);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int own = oneVersion ? version : DraftSubgraph.any(random, VERSIONS);
            DraftSubgraph subgraph = new DraftSubgraph("s" + i, own);
            subgraph.aliases = own >= 0 && random.nextInt(8) == 0;
            subgraphs.add(subgraph);
        }
        enumType();
        inputType();
        valueType("V0");
        entity("E0", "id");
        entity("E1", random.nextBoolean() ? "k" : "id");
        if (random.nextBoolean()) {
            entity("E2", List.of("id", "id k", "o { id }").get(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            union();
        }
        if (random.nextInt(3) == 0) {
            anInterface();
        }
        if (random.nextInt(4) == 0) {
            interfaceObject();
        }
        if (random.nextInt(3) == 0) {
            requires();
        }
        if (random.nextInt(4) == 0) {
            provides();
        }
        if (random.nextInt(5) == 0) {
            override();
        }
        subgraphs.forEach(this::queries);
        if (random.nextInt(4) == 0) {
            mutation();
        }
    }

    private boolean modern(DraftSubgraph subgraph, int minorVersion) {
        return subgraph.minorVersion >= minorVersion;
    }

    private List<DraftSubgraph> some() {
        List<DraftSubgraph> some = new ArrayList<>(subgraphs);
        some.removeIf(_ -> random.nextInt(3) == 0);
        return some.isEmpty() ? List.of(DraftSubgraph.any(random, subgraphs)) : some;
    }

    private void share(DraftSubgraph subgraph, List<String> directives) {
        if (subgraph.minorVersion >= 0) {
            directives.add("@shareable");
        }
    }

    private void enumType() {
        for (DraftSubgraph subgraph : some()) {
            DraftType type = new DraftType("enum", "Color");
            for (String value : List.of("RED", "GREEN", "BLUE")) {
                if (random.nextInt(60) > 0) {
                    type.fields.add(new DraftField(value, ""));
                }
            }
            if (!type.fields.isEmpty()) {
                subgraph.types.add(type);
            }
        }
    }

    private void inputType() {
        for (DraftSubgraph subgraph : some()) {
            DraftType type = new DraftType("input", "Filter");
            type.fields.add(new DraftField("a", "Int"));
            if (random.nextBoolean()) {
                type.fields.add(
                        new DraftField("b", random.nextInt(4) == 0 ? "String = \"x\"" : "String"));
            }
            if (subgraph.hasType("Color") && random.nextInt(3) == 0) {
                type.fields.add(new DraftField("color", "Color"));
            }
            subgraph.types.add(type);
        }
    }

    private void valueType(String name) {
        for (DraftSubgraph subgraph : some()) {
            DraftType type = new DraftType("type", name);
            share(subgraph, type.directives);
            type.fields.add(new DraftField("x", "Int"));
            if (random.nextInt(5) == 0) {
                type.fields.add(new DraftField("y", "String"));
            }
            subgraph.types.add(type);
        }
    }

    private void entity(String name, String key) {
        List<DraftSubgraph> owners = some();
        for (DraftSubgraph owner : owners) {
            DraftType type = new DraftType("type", name);
            boolean resolvable = owner.minorVersion < 0 || random.nextInt(10) > 0;
            boolean extension = owner.minorVersion < 0 && owner != owners.getFirst();
            type.keyword = extension ? "extend type" : "type";
            type.directives.add(
                    "@key(fields: \"%s\"%s)"
                            .formatted(key, resolvable ? "" : ", resolvable: false"));
            if (random.nextInt(6) == 0) {
                type.directives.add("@key(fields: \"alt\")");
                type.fields.add(new DraftField("alt", "ID"));
            }
            keyFields(owner, type, key, extension);
            int own = 1 + random.nextInt(3);
            for (int i = 0; i < own; i++) {
                type.fields.add(new DraftField("f_" + owner.name + "_" + i, outputType(owner)));
            }
            owner.types.add(type);
        }
        if (owners.size() > 1 && random.nextBoolean()) {
            sharedField(name, owners);
        }
    }

    private void keyFields(DraftSubgraph owner, DraftType type, String key, boolean extension) {
        for (String field : List.of("id", "k")) {
            if (key.contains(field) && !key.contains("{")) {
                DraftField keyField = new DraftField(field, "ID!");
                if (extension) {
                    keyField.directives.add("@external");
                }
                type.fields.add(keyField);
            }
        }
        if (key.contains("{")) {
            DraftField owned = new DraftField("o", "O");
            if (extension) {
                owned.directives.add("@external");
            }
            type.fields.add(owned);
            if (!owner.hasType("O")) {
                DraftType o = new DraftType("type", "O");
                o.fields.add(new DraftField("id", "ID!"));
                share(owner, o.directives);
                owner.types.add(o);
            }
        }
    }

    private void sharedField(String name, List<DraftSubgraph> owners) {
        String type = DraftSubgraph.any(random, SCALARS);
        for (DraftSubgraph owner : owners) {
            DraftField field = new DraftField("shared", type);
            if (random.nextInt(60) > 0) {
                share(owner, field.directives);
            }
            if (random.nextInt(6) == 0) {
                field.type = type.endsWith("!") ? type.substring(0, type.length() - 1) : type;
            }
            if (random.nextInt(4) == 0) {
                field.arguments = "(n: Int)";
            }
            owner.type(name).fields.add(field);
        }
    }

    private String outputType(DraftSubgraph subgraph) {
        if (random.nextInt(2) == 0) {
            return DraftSubgraph.any(random, SCALARS);
        }
        List<String> candidates =
                subgraph.types.stream()
                        .filter(t -> !t.keyword.equals("input"))
                        .map(t -> t.name)
                        .toList();
        return candidates.isEmpty() ? "Int" : wrapped(DraftSubgraph.any(random, candidates));
    }

    private String wrapped(String type) {
        return switch (random.nextInt(4)) {
            case 0 -> "[" + type + "]";
            case 1 -> "[" + type + "!]!";
            default -> type;
        };
    }

    private void union() {
        for (DraftSubgraph subgraph : some()) {
            List<String> objects = objects(subgraph);
            if (!objects.isEmpty()) {
                DraftType type = new DraftType("union", "U");
                type.members.addAll(objects.subList(0, 1 + random.nextInt(objects.size())));
                subgraph.types.add(type);
            }
        }
    }

    private static List<String> objects(DraftSubgraph subgraph) {
        return subgraph.types.stream()
                .filter(t -> t.keyword.endsWith("type"))
                .map(t -> t.name)
                .toList();
    }

    private void anInterface() {
        for (DraftSubgraph subgraph : some()) {
            DraftType type = new DraftType("interface", "Node");
            type.fields.add(new DraftField("id", "ID!"));
            boolean implemented = false;
            for (DraftType object : subgraph.types) {
                if (object.keyword.endsWith("type")
                        && object.hasField("id")
                        && random.nextInt(3) > 0) {
                    object.interfaces.add("Node");
                    implemented = true;
                }
            }
            if (implemented) {
                subgraph.types.add(type);
            }
        }
    }

    private void interfaceObject() {
        DraftSubgraph owner = DraftSubgraph.any(random, subgraphs);
        if (!modern(owner, 3)) {
            return;
        }
        DraftType media = new DraftType("interface", "Media");
        media.directives.add("@key(fields: \"id\")");
        media.fields.add(new DraftField("id", "ID!"));
        owner.types.add(media);
        for (String name : List.of("Book", "Film")) {
            DraftType object = new DraftType("type", name);
            object.interfaces.add("Media");
            object.directives.add("@key(fields: \"id\")");
            object.fields.add(new DraftField("id", "ID!"));
            object.fields.add(new DraftField("own" + name, "Int"));
            owner.types.add(object);
        }
        for (DraftSubgraph other : some()) {
            if (other != owner && modern(other, 3)) {
                DraftType object = new DraftType("type", "Media");
                object.directives.add("@interfaceObject");
                object.directives.add("@key(fields: \"id\")");
                object.fields.add(new DraftField("id", "ID!"));
                object.fields.add(new DraftField("rating_" + other.name, "Int"));
                other.types.add(object);
            }
        }
    }

    /// Lets a field of an entity require a field that another subgraph has.
    private void requires() {
        foreign((_, type, external) -> {
            DraftField field = new DraftField("computed", "Int");
            field.directives.add("@requires(fields: \"%s\")".formatted(external));
            type.fields.add(field);
        });
    }

    /// Lets a root field provide a field that another subgraph has.
    private void provides() {
        foreign((subgraph, type, external) -> {
            DraftType query = query(subgraph);
            DraftField field = new DraftField("provided_" + subgraph.name, type.name);
            field.directives.add("@provides(fields: \"%s\")".formatted(external));
            query.fields.add(field);
        });
    }

    private interface WithExternal {
        void add(DraftSubgraph subgraph, DraftType type, String external);
    }

    private void foreign(WithExternal use) {
        DraftSubgraph here = DraftSubgraph.any(random, subgraphs);
        DraftSubgraph there = DraftSubgraph.any(random, subgraphs);
        for (DraftType type : List.copyOf(here.types)) {
            if (here != there && type.name.startsWith("E") && there.hasType(type.name)) {
                for (DraftField field : there.type(type.name).fields) {
                    boolean leaf = SCALARS.contains(field.type);
                    if (leaf && field.name.startsWith("f_") && !type.hasField(field.name)) {
                        DraftField external = new DraftField(field.name, field.type);
                        external.directives.add("@external");
                        type.fields.add(external);
                        if (random.nextInt(3) > 0) {
                            share(there, field.directives);
                        }
                        use.add(here, type, field.name);
                        return;
                    }
                }
            }
        }
    }

    private void override() {
        DraftSubgraph here = DraftSubgraph.any(random, subgraphs);
        DraftSubgraph there = DraftSubgraph.any(random, subgraphs);
        for (DraftType type : List.copyOf(here.types)) {
            if (here != there
                    && here.minorVersion >= 0
                    && type.name.startsWith("E")
                    && there.hasType(type.name)) {
                DraftField taken = DraftSubgraph.any(random, there.type(type.name).fields);
                if (!type.hasField(taken.name) && SCALARS.contains(taken.type)) {
                    DraftField field = new DraftField(taken.name, taken.type);
                    String label =
                            modern(here, 7) && random.nextBoolean()
                                    ? ", label: \"percent(10)\""
                                    : "";
                    field.directives.add("@override(from: \"%s\"%s)".formatted(there.name, label));
                    type.fields.add(field);
                    return;
                }
            }
        }
    }

    private DraftType query(DraftSubgraph subgraph) {
        if (!subgraph.hasType("Query")) {
            subgraph.types.add(new DraftType("type", "Query"));
        }
        return subgraph.type("Query");
    }

    private void queries(DraftSubgraph subgraph) {
        if (subgraph != subgraphs.getFirst() && random.nextInt(4) == 0) {
            return;
        }
        DraftType query = query(subgraph);
        int fields = 1 + random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            DraftField field = new DraftField("q_" + subgraph.name + "_" + i, outputType(subgraph));
            if (subgraph.hasType("Filter") && random.nextInt(3) == 0) {
                field.arguments = "(filter: Filter)";
            }
            query.fields.add(field);
        }
        if (random.nextInt(3) == 0) {
            List<String> common = objects(subgraphs.getFirst());
            String type = common.isEmpty() ? "Int" : common.getFirst();
            if (type.equals("Int") || subgraph.hasType(type)) {
                DraftField field = new DraftField("shared", type);
                share(subgraph, field.directives);
                query.fields.add(field);
            }
        }
    }

    private void mutation() {
        boolean composite = random.nextBoolean();
        for (DraftSubgraph subgraph : some()) {
            DraftType mutation = new DraftType("type", "Mutation");
            DraftField field = new DraftField("change", composite ? "V0" : "Int");
            if (random.nextInt(20) > 0) {
                share(subgraph, field.directives);
            }
            mutation.fields.add(field);
            if (!composite || subgraph.hasType("V0")) {
                subgraph.types.add(mutation);
            }
        }
    }
}
