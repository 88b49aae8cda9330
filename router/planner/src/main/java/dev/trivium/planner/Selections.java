package dev.trivium.planner;

import dev.trivium.language.Argument;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch.FetchField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a fetch asks for below one object: fields merged, none twice.
///
/// @param typename whether `__typename` is among it
/// @param isObject whether there is an object at all; false below a leaf
record Selections(boolean typename, boolean isObject, List<Field> fields) {

    /// @param types the runtime types that the field is asked for
    /// @param below of a leaf, that of no object
    record Field(
            String planKey,
            String name,
            List<Argument> arguments,
            Condition condition,
            BitSet types,
            Selections below) {

        private boolean isLeaf() {
            return !below.isObject();
        }

        /// Whether another leaf with this key is superfluous.
        private boolean covers(Field other) {
            return isLeaf()
                    && other.isLeaf()
                    && planKey.equals(other.planKey)
                    && other.condition.literals().containsAll(condition.literals())
                    && containsAll(types, other.types);
        }
    }

    static boolean containsAll(BitSet all, BitSet some) {
        BitSet rest = (BitSet) some.clone();
        rest.andNot(all);
        return rest.isEmpty();
    }

    /// The keys that the answer may have.
    List<FetchField> expected() {
        SequencedMap<String, List<Selections>> byKey = new LinkedHashMap<>();
        if (typename) {
            byKey.put(NormalizedField.TYPENAME, List.of());
        }
        for (Field field : fields) {
            byKey.computeIfAbsent(field.planKey(), _ -> new ArrayList<>()).add(field.below());
        }
        List<FetchField> expected = new ArrayList<>();
        byKey.forEach((key, below) -> expected.add(expected(key, merged(below))));
        return expected;
    }

    private static FetchField expected(String key, Selections below) {
        return new FetchField(key, below.isObject(), below.expected());
    }

    private static Selections merged(List<Selections> all) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        boolean typename = all.stream().anyMatch(Selections::typename);
        List<Field> fields = all.stream().flatMap(it -> it.fields().stream()).toList();
        boolean isObject = all.stream().anyMatch(Selections::isObject);
        return new Selections(typename, isObject, fields);
    }

    /// Selections to which fields are still added.
    static final class Builder {
        private static final int MAX_COMPARED = 500;

        private record Key(
                String planKey,
                String name,
                List<Argument> arguments,
                Condition condition,
                BitSet types) {}

        /// What makes fields of several runtime types one.
        private record Content(
                String planKey,
                String name,
                List<Argument> arguments,
                Condition condition,
                Selections below) {}

        private final SequencedMap<Key, Builder> fields = new LinkedHashMap<>();
        private boolean typename;
        private boolean isObject;

        void addTypename() {
            typename = true;
        }

        /// Asks for the object itself.
        void addObject() {
            isObject = true;
        }

        /// Adds a field.
        ///
        /// @return the selections below it
        Builder add(Position.FieldUse use, Condition condition, BitSet types) {
            Key key = new Key(use.planKey(), use.name(), use.arguments(), condition, types);
            return fields.computeIfAbsent(key, _ -> new Builder());
        }

        Selections build() {
            SequencedMap<Content, BitSet> contents = new LinkedHashMap<>();
            fields.forEach((key, below) -> {
                Content content =
                        new Content(
                                key.planKey(),
                                key.name(),
                                key.arguments(),
                                key.condition(),
                                below.build());
                contents.computeIfAbsent(content, _ -> new BitSet()).or(key.types());
            });
            List<Field> result = new ArrayList<>(contents.size());
            contents.forEach((content, types) -> result.add(field(content, types)));
            return new Selections(typename, isObject, withoutCovered(result));
        }

        private static Field field(Content content, BitSet types) {
            return new Field(
                    content.planKey(),
                    content.name(),
                    content.arguments(),
                    content.condition(),
                    types,
                    content.below());
        }

        /// Compares only fields with one key, and of those no more than anybody writes: one that is
        /// superfluous does no harm, but a client may send thousands under different conditions.
        private static List<Field> withoutCovered(List<Field> fields) {
            SequencedMap<String, List<Field>> byKey = new LinkedHashMap<>();
            for (Field field : fields) {
                byKey.computeIfAbsent(field.planKey(), _ -> new ArrayList<>()).add(field);
            }
            return fields.stream()
                    .filter(field ->
                            !isCovered(field, byKey.getOrDefault(field.planKey(), List.of())))
                    .toList();
        }

        private static boolean isCovered(Field field, List<Field> others) {
            return others.size() <= MAX_COMPARED
                    && others.stream().anyMatch(it -> !it.equals(field) && it.covers(field));
        }
    }
}
