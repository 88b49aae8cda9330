package dev.trivium.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A generated schema: the types as one service would have them, what each subgraph has of them,
/// and the data, which follow from the names. A description of it all is its supergraph's text.
final class World {
    static final int INSTANCES = 3;

    /// An object of the data.
    record Thing(String type, int number) {}

    /// @param target the named type
    /// @param kinds the object types of a value; empty for a scalar
    /// @param owners the subgraphs that resolve it
    /// @param external the subgraphs that only refer to it
    /// @param requires by subgraph
    /// @param provides by subgraph
    record Field(
            String name,
            String target,
            boolean list,
            boolean argument,
            List<String> kinds,
            NavigableSet<Integer> owners,
            NavigableSet<Integer> external,
            Map<Integer, String> requires,
            Map<Integer, String> provides) {
        static Field of(String name, String target, boolean list, List<String> kinds) {
            return new Field(
                    name,
                    target,
                    list,
                    false,
                    kinds,
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>());
        }

        Field withArgument() {
            return new Field(name, target, list, true, kinds, owners, external, requires, provides);
        }

        String typeText() {
            return list ? "[" + target + "]" : target;
        }
    }

    record Key(String fields, boolean resolvable) {}

    /// @param keys by subgraph; an empty list where the type exists without a key
    /// @param implementing the subgraphs in which an object type implements an interface
    record ObjectType(
            String name,
            SequencedMap<Integer, List<Key>> keys,
            SequencedMap<String, Field> fields,
            SequencedMap<String, NavigableSet<Integer>> implementing) {
        static ObjectType of(String name) {
            return new ObjectType(
                    name, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        Field field(String field) {
            return Objects.requireNonNull(fields.get(field), field);
        }

        /// None where the type does not exist, or has no key.
        List<Key> keysIn(int subgraph) {
            return keys.getOrDefault(subgraph, List.of());
        }

        void add(Field field) {
            fields.put(field.name(), field);
        }

        boolean in(int subgraph) {
            return keys.containsKey(subgraph);
        }
    }

    final int subgraphs;
    final SequencedMap<String, ObjectType> objects = new LinkedHashMap<>();

    /// Interfaces with their fields, which all implementations have in all subgraphs of the
    /// interface.
    final SequencedMap<String, List<String>> interfaces = new LinkedHashMap<>();

    /// Unions with the subgraphs of each member.
    final SequencedMap<String, SequencedMap<String, NavigableSet<Integer>>> unions =
            new LinkedHashMap<>();

    World(int subgraphs) {
        this.subgraphs = subgraphs;
    }

    SequencedMap<String, NavigableSet<Integer>> members(String union) {
        return Objects.requireNonNull(unions.get(union), union);
    }

    List<String> interfaceFields(String name) {
        return Objects.requireNonNull(interfaces.get(name), name);
    }

    ObjectType object(String name) {
        return Objects.requireNonNull(objects.get(name), name);
    }

    Field field(String type, String name) {
        return object(type).field(name);
    }

    boolean isA(String object, String type) {
        return object.equals(type)
                || object(object).implementing().containsKey(type)
                || unions.getOrDefault(type, new LinkedHashMap<>()).containsKey(object);
    }

    /// Whether an object may be of a type, as one subgraph sees it.
    boolean isA(String object, String type, int subgraph) {
        NavigableSet<Integer> none = new TreeSet<>();
        return (object.equals(type) && object(object).in(subgraph))
                || object(object).implementing().getOrDefault(type, none).contains(subgraph)
                || unions.getOrDefault(type, new LinkedHashMap<>())
                        .getOrDefault(object, none)
                        .contains(subgraph);
    }

    /// The true value of a field that needs nothing of others: a text, a thing, a list, or null.
    @Nullable Object value(Thing thing, Field field, String arguments) {
        if (field.kinds().isEmpty()) {
            return thing.type() + ":" + thing.number() + ":" + field.name() + arguments;
        }
        int hash = Math.abs((thing.type() + thing.number() + field.name()).hashCode() % 97);
        if (field.list()) {
            List<Thing> things = new ArrayList<>();
            for (int i = 0; i < hash % 3 + 1; i++) {
                things.add(thing(field, hash + i));
            }
            return things;
        }
        return hash % 7 == 0 ? null : thing(field, hash);
    }

    private static Thing thing(Field field, int hash) {
        return new Thing(field.kinds().get(hash % field.kinds().size()), hash % INSTANCES);
    }

    String supergraph() {
        return WorldText.of(this);
    }
}
