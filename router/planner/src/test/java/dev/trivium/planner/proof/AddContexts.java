package dev.trivium.planner.proof;

import dev.trivium.planner.proof.FederationDraft.Entity;
import dev.trivium.planner.proof.FederationDraft.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Adds a context: entities, an interface or union, or the query root set it; arguments of the
/// entity `Inner`, which is found below those only, take their values from it.
///
/// Objects of `Inner` may have others below them, and set the context too, so that it is the
/// nearest that counts.
final class AddContexts {
    private static final String INNER = "Inner";
    private static final String QUERY = "Query";

    /// @param path the text of a selection
    private record Selected(String path, String type) {}

    private final FederationDraft draft;
    private final SubgraphDraft subgraph;

    private AddContexts(FederationDraft draft, SubgraphDraft subgraph) {
        this.draft = draft;
        this.subgraph = subgraph;
    }

    static void to(FederationDraft draft) {
        if (draft.chance(50)) {
            new AddContexts(draft, draft.one(draft.subgraphs)).add();
        }
    }

    private void add() {
        List<String> setters = setters();
        if (setters.isEmpty()) {
            return;
        }
        String type = draft.one(List.of("String", "Int"));
        SequencedMap<String, Selected> selected = new LinkedHashMap<>();
        inner(type);
        boolean nested = draft.chance(40);
        if (nested) {
            setters.add(INNER);
        }
        for (String setter : setters) {
            subgraph.directive(setter, "@context(name: \"ctx\")");
            for (String object : objects(setter)) {
                if (draft.chance(90) || setter.equals(object)) {
                    selected.put(object, selected(object, type));
                }
                if (!object.equals(INNER)) {
                    subgraph.add(object, "inner", ": " + draft.wrap(INNER));
                }
            }
        }
        if (!selected.isEmpty()) {
            contextual(setters, selected, type);
        }
    }

    /// What sets the context, in a list to which more can be added.
    private List<String> setters() {
        List<String> entities = new ArrayList<>();
        draft.entities.stream().map(Entity::name).filter(subgraph::isKeyed).forEach(entities::add);
        boolean queriesOnly =
                draft.subgraphs.stream()
                        .noneMatch(it -> it.has("Mutation") || it.has("Subscription"));
        if (queriesOnly && subgraph.has(QUERY) && draft.chance(30)) {
            return new ArrayList<>(List.of(QUERY));
        }
        for (String type : draft.abstracts.keySet()) {
            boolean known = !objects(type).isEmpty() && !objects(type).contains(type);
            if (known && draft.chance(30)) {
                return new ArrayList<>(List.of(type));
            }
        }
        while (entities.size() > 1 && draft.chance(50)) {
            entities.remove(draft.below(entities.size()));
        }
        return entities;
    }

    /// The object types that a type of the subgraph stands for.
    private List<String> objects(String type) {
        if (!draft.abstracts.containsKey(type)) {
            return List.of(type);
        }
        return draft.entities.stream()
                .map(Entity::name)
                .filter(it -> subgraph.isA(it, type))
                .toList();
    }

    /// The entity below: two subgraphs know more of it.
    private void inner(String type) {
        NavigableSet<Integer> in = new TreeSet<>(draft.some(draft.all(), 40));
        in.add(subgraph.number);
        for (int s : in) {
            draft.key(s, INNER, "id", true);
            draft.subgraph(s).add(INNER, "i" + s, ": " + draft.leafType());
        }
        draft.subgraph(draft.one(in)).add(INNER, "base", ": " + type);
        if (draft.chance(60)) {
            subgraph.add(INNER, "next", ": " + draft.wrap(INNER));
        }
        if (draft.chance(40)) {
            subgraph.add(INNER, "away", ": " + draft.wrap(draft.target(subgraph.number)));
        }
    }

    /// A value of a type that an object has, of whatever subgraph.
    private Selected selected(String object, String type) {
        if (object.equals(INNER)) {
            external(INNER, "base", ": " + type);
            return new Selected("base", type);
        }
        for (Entity entity : draft.entities) {
            for (Leaf leaf : entity.leaves()) {
                boolean fits = leaf.type().replace("!", "").equals(type) && !leaf.hasArguments();
                if (entity.name().equals(object) && fits && draft.chance(70)) {
                    external(object, leaf.name(), leaf.rest());
                    return new Selected(leaf.name(), type);
                }
            }
        }
        if (type.equals("String") && draft.chance(50)) {
            subgraph.add(object, "v", ": V");
            return new Selected("v { v1 }", type);
        }
        subgraph.add(object, "base", ": " + type);
        return new Selected("base", type);
    }

    private void external(String type, String field, String rest) {
        if (!subgraph.has(type, field)) {
            subgraph.add(type, field, rest + " @external");
        }
    }

    private void contextual(
            List<String> setters, SequencedMap<String, Selected> selected, String type) {
        StringBuilder selection = new StringBuilder("$ctx ");
        var paths = selected.values().stream().map(Selected::path).distinct().toList();
        boolean plain = draft.abstracts.keySet().stream().noneMatch(setters::contains);
        if (plain && (selected.size() == 1 || (paths.size() == 1 && draft.chance(50)))) {
            selection.append("{ ").append(paths.getFirst()).append(" }");
        } else {
            selected.forEach((object, it) ->
                    selection
                            .append(" ... on ")
                            .append(object)
                            .append(" { ")
                            .append(it.path())
                            .append(" }"));
        }
        for (int i = 0; i < 1 + draft.below(2); i++) {
            String more = draft.chance(30) ? "x: Int, " : "";
            String target =
                    draft.chance(20) ? draft.wrap(draft.target(subgraph.number)) : draft.leafType();
            subgraph.add(
                    INNER,
                    "c" + i,
                    "(%sarg: %s @fromContext(field: \"%s\")): %s"
                            .formatted(more, type, selection, target));
        }
    }
}
