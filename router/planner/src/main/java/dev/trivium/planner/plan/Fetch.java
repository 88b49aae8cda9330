package dev.trivium.planner.plan;

import dev.trivium.language.OperationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request to one subgraph.
///
/// It may be sent once all `dependencies` have ended, well or badly: an entity whose inputs are
/// missing is left out, and an entity fetch without entities is not sent. The root fetches of a
/// mutation depend on every fetch of the root fields before them.
///
/// @param id its index in {@link QueryPlan#fetches()}
/// @param subgraph the number of the subgraph
/// @param operationType of `document`
/// @param document the text to send
/// @param variables the names of the client's variables that the text uses
/// @param condition under which the fetch is needed at all
public record Fetch(
        int id,
        int subgraph,
        OperationType operationType,
        String document,
        List<String> variables,
        List<Integer> dependencies,
        Condition condition,
        Target target) {

    /// Where the answer goes.
    public sealed interface Target {}

    /// The answer's `data` is merged into the root object.
    public record Root(List<FetchField> selections) implements Target {}

    /// The answer holds one list of entities for each group.
    public record Entities(List<EntityGroup> groups) implements Target {}

    /// Entities that one (aliased) `_entities` field asks for.
    ///
    /// Equal representations are sent once; element *i* of the answer is merged into every object
    /// whose representation stands at *i*.
    ///
    /// @param alias the response key of the `_entities` field
    /// @param variable the name of its variable with the list of representations
    /// @param paths where the objects are found in the merged tree
    /// @param representations by the runtime type of the object; an object of another type is left
    ///   out
    /// @param selections what the answer holds for each entity
    /// @param contexts variables of the document whose values are found above each entity; a group
    ///   that has some is alone in its fetch, which sends one request for each combination of
    ///   values
    public record EntityGroup(
            String alias,
            String variable,
            List<List<PathStep>> paths,
            List<Representation> representations,
            List<FetchField> selections,
            List<ContextValue> contexts) {

        /// A group without contexts.
        public EntityGroup(
                String alias,
                String variable,
                List<List<PathStep>> paths,
                List<Representation> representations,
                List<FetchField> selections) {
            this(alias, variable, paths, representations, selections, List.of());
        }
    }

    /// An argument that the router fills from a `@context`.
    ///
    /// @param variable the name of its variable
    /// @param type of the variable, as in the document
    /// @param sources the first whose types fit has the value; an entity whose value is absent is
    ///   left out
    public record ContextValue(String variable, String type, List<ContextSource> sources) {}

    /// Where the value of a context is.
    ///
    /// @param up how many steps of the path the object is above the entity
    /// @param types the runtime types of the object that set the context; empty for all
    /// @param planKeys the way from the object to the value; empty where nothing is selected from
    ///   objects of these types, so that the value is null
    public record ContextSource(int up, List<String> types, List<String> planKeys) {}

    /// One step from an object to the objects below it; lists on the way are walked element by
    /// element.
    ///
    /// @param planKey the field to follow
    /// @param types the runtime types that the object *at* this step (before following the key) may
    ///   have; empty for any
    public record PathStep(String planKey, List<String> types) {}

    /// How to write the representation of an object.
    ///
    /// @param runtimeTypes the runtime types of objects that this applies to
    /// @param typename the `__typename` to send; null for the object's own runtime type
    /// @param untold whether it also applies to objects whose type no subgraph has told; never
    ///   without a `typename`
    public record Representation(
            List<String> runtimeTypes,
            @Nullable String typename,
            boolean untold,
            List<RepresentationField> fields) {}

    /// One field of a representation.
    ///
    /// @param name the key to write
    /// @param planKey the field of the merged tree to read; where it is absent (not null), the
    ///   entity is left out
    /// @param types the runtime types of the enclosing object that have this field; empty for all
    /// @param fields for an object or a list of objects, else empty
    public record RepresentationField(
            String name, String planKey, List<String> types, List<RepresentationField> fields) {}

    /// A field that a subgraph is asked for, merged by key over all type conditions.
    ///
    /// @param planKey its key in the answer and in the merged tree
    /// @param isObject whether values are objects; that of a leaf is kept as it is
    /// @param selections empty for a leaf, and for an object of which nothing is asked but to be
    public record FetchField(String planKey, boolean isObject, List<FetchField> selections) {

        /// A leaf, or an object of which something is asked.
        public FetchField(String planKey, List<FetchField> selections) {
            this(planKey, !selections.isEmpty(), selections);
        }
    }
}
