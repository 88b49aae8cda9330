package dev.trivium.composition;

import dev.trivium.composition.DraftSubgraph.DraftField;
import dev.trivium.composition.DraftSubgraph.DraftType;
import java.util.List;
import java.util.Random;

/// Changes one thing in a set of subgraphs, as a person who makes a mistake would.
final class SubgraphMutations {
    private static final List<String> TYPES =
            List.of(
                    "Int",
                    "Int!",
                    "String",
                    "String!",
                    "[Int]",
                    "[[Int!]]",
                    "ID!",
                    "E0",
                    "E1!",
                    "V0",
                    "Color",
                    "Filter",
                    "U",
                    "Node",
                    "Nope",
                    "Query");
    private static final List<String> FIELD_SETS =
            List.of(
                    "id",
                    "k",
                    "id k",
                    "id { x }",
                    "o { id }",
                    "o",
                    "x",
                    "nope",
                    "id(a: 1)",
                    "a: id",
                    "id @skip(if: true)",
                    "{ id }",
                    "__typename",
                    "id id",
                    "... on E0 { id }",
                    "");

    private final Random random;
    private final List<DraftSubgraph> subgraphs;

    SubgraphMutations(Random random, List<DraftSubgraph> subgraphs) {
        this.random = random;
        this.subgraphs = subgraphs;
    }

    void one() {
        DraftSubgraph subgraph = DraftSubgraph.any(random, subgraphs);
        if (subgraph.types.isEmpty()) {
            return;
        }
        DraftType type = DraftSubgraph.any(random, subgraph.types);
        switch (random.nextInt(22)) {
            case 0, 1 -> remove(type.directives);
            case 2, 3 -> type.directives.add(application(subgraph, place(type)));
            case 4, 5 -> onField(type, field -> remove(field.directives));
            case 6, 7, 8 ->
                    onField(
                            type,
                            field ->
                                    field.directives.add(
                                            application(
                                                    subgraph,
                                                    place(type) == 't' ? 'f' : place(type))));
            case 9, 10 -> onField(type, field -> field.type = DraftSubgraph.any(random, TYPES));
            case 11 -> remove(type.fields);
            case 12 ->
                    onField(
                            type,
                            field ->
                                    field.name =
                                            DraftSubgraph.any(
                                                    random, List.of("id", "k", "x", "zz", "y")));
            case 13 -> copyType(type);
            case 14 -> copyField(type);
            case 15 -> subgraph.types.remove(type);
            case 16 ->
                    type.keyword =
                            DraftSubgraph.any(
                                    random,
                                    List.of("type", "interface", "input", "extend type", "enum"));
            case 17 ->
                    type.directives.add(
                            "@key(fields: \"%s\")"
                                    .formatted(DraftSubgraph.any(random, FIELD_SETS)));
            case 18 -> onField(type, this::changeArguments);
            case 19 -> changeMembers(type);
            case 20 -> changeHeader(subgraph);
            default -> describe(type);
        }
    }

    private <T> void remove(List<T> list) {
        if (!list.isEmpty()) {
            list.remove(random.nextInt(list.size()));
        }
    }

    private interface FieldChange {
        void apply(DraftField field);
    }

    private void onField(DraftType type, FieldChange change) {
        if (!type.fields.isEmpty()) {
            change.apply(DraftSubgraph.any(random, type.fields));
        }
    }

    private String application(DraftSubgraph subgraph, char place) {
        if (random.nextInt(20) == 0) {
            return DraftSubgraph.any(
                    random,
                    List.of(
                            "@deprecated(reason: \"old\")",
                            "@unknown",
                            "@custom",
                            "@specifiedBy(url: \"http://x\")"));
        }
        List<DirectiveSample> fitting =
                random.nextInt(20) == 0
                        ? DirectiveSample.ALL
                        : DirectiveSample.at(place, subgraph.minorVersion);
        DirectiveSample directive = DraftSubgraph.any(random, fitting);
        return directive.applications().isEmpty()
                ? "@deprecated"
                : DraftSubgraph.any(random, directive.applications());
    }

    private static char place(DraftType type) {
        return switch (type.keyword) {
            case "enum" -> 'e';
            case "input" -> 'i';
            default -> 't';
        };
    }

    private void copyType(DraftType type) {
        DraftSubgraph other = DraftSubgraph.any(random, subgraphs);
        if (!other.hasType(type.name)) {
            other.types.add(type.copy());
        }
    }

    private void copyField(DraftType type) {
        DraftSubgraph other = DraftSubgraph.any(random, subgraphs);
        if (other.hasType(type.name) && !type.fields.isEmpty()) {
            DraftField field = DraftSubgraph.any(random, type.fields);
            DraftType target = other.type(type.name);
            if (!target.hasField(field.name)) {
                target.fields.add(field.copy());
            }
        }
    }

    private void changeArguments(DraftField field) {
        field.arguments =
                DraftSubgraph.any(
                        random,
                        List.of(
                                "(n: Int)",
                                "(n: Int!)",
                                "(n: Int = 1)",
                                "(n: Int = 2)",
                                "(n: String)",
                                "(n: Int, filter: Filter)",
                                "(color: Color = RED)",
                                "(n: Int @tag(name: \"a\"))",
                                "(n: Int @inaccessible)",
                                "(n: Int! @deprecated)",
                                "(n: V0)",
                                ""));
    }

    private void changeMembers(DraftType type) {
        if (type.keyword.endsWith("union")) {
            if (random.nextBoolean()) {
                remove(type.members);
            } else {
                type.members.add(DraftSubgraph.any(random, List.of("E0", "V0", "Nope", "Color")));
            }
        } else if (type.keyword.endsWith("enum")) {
            if (random.nextBoolean()) {
                remove(type.fields);
            } else {
                type.fields.add(new DraftField("BLACK", ""));
            }
        } else if (type.keyword.endsWith("type")) {
            if (type.interfaces.isEmpty()) {
                type.interfaces.add(DraftSubgraph.any(random, List.of("Node", "Media", "E0")));
            } else {
                remove(type.interfaces);
            }
        }
    }

    private void changeHeader(DraftSubgraph subgraph) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                    subgraph.minorVersion =
                            DraftSubgraph.any(
                                    random, List.of(-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 42));
            case 3, 4 -> subgraph.aliases = !subgraph.aliases && subgraph.minorVersion >= 0;
            case 5, 6 -> subgraph.header.add("directive @custom on FIELD_DEFINITION | OBJECT");
            case 7, 8 ->
                    subgraph.header.add(
                            "directive @exec(a: Int%s) on FIELD | QUERY"
                                    .formatted(random.nextBoolean() ? "!" : ""));
            case 9, 10 -> subgraph.header.add("scalar Date @specifiedBy(url: \"http://date\")");
            default -> subgraph.header.add("type { ");
        }
    }

    private void describe(DraftType type) {
        type.description = DraftSubgraph.any(random, List.of("\"one\"\n", "\"\"\"\ntwo\n\"\"\"\n"));
        onField(type, field -> field.description = "\"about %d\" ".formatted(random.nextInt(3)));
    }
}
