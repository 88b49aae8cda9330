package dev.trivium.execution;

import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.Representation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An {@link EntityGroup}, ready to run.
///
/// @param number differs between all groups of a program; from 1
/// @param variableKey `"name":`
/// @param writers by the runtime type of the object; null where objects of a type are left out
/// @param fallback for an object whose runtime type nobody can tell; null to leave it out
/// @param shape of an entity in the answer
/// @param keys what an entity and its representation both hold, and which must agree
/// @param contexts variables whose values differ between entities; seldom any
record EntityGroupProgram(
        int number,
        byte[] variableKey,
        List<MergePath> paths,
        @Nullable RepresentationWriter[] writers,
        @Nullable RepresentationWriter fallback,
        Shape shape,
        EntityKey[] keys,
        Sharing sharing,
        List<ContextVariable> contexts) {

    /// Whether objects that are filled from one entity may share what is below it. They may not
    /// where a later fetch fills what is below for some of them and not for the others.
    enum Sharing {
        /// Nothing is merged into what is below.
        EVERYWHERE,
        /// Something is, along one of the paths.
        ALONG_PATH,
        /// Something is, for some runtime types.
        NOWHERE
    }

    static EntityGroupProgram of(
            int number,
            EntityGroup group,
            List<MergePath> paths,
            Layout layout,
            TypeNames types,
            SharedPlaces shared,
            List<ContextVariable> contexts) {
        @Nullable RepresentationWriter[] writers =
                new @Nullable RepresentationWriter[types.count()];
        @Nullable RepresentationWriter fallback = null;
        for (Representation representation : group.representations()) {
            RepresentationWriter writer = RepresentationWriter.of(representation, layout, types);
            for (String name : representation.runtimeTypes()) {
                if (types.id(name) != TypeNames.UNKNOWN) {
                    writers[types.id(name)] = writer;
                }
            }
            if (representation.untold()) {
                fallback = writer;
            }
        }
        return new EntityGroupProgram(
                number,
                JsonText.utf8('"' + group.variable() + "\":"),
                paths,
                writers,
                fallback,
                Shape.of(group.selections(), layout, shared.of(number - 1)),
                EntityKey.of(group, layout),
                shared.sharing(number - 1),
                contexts);
    }

    /// How the representation of an object is written; null if it has none.
    ///
    /// @param type of the object; unknown also where it is a name that the schema does not have, of
    ///   which no subgraph can tell anything
    @Nullable RepresentationWriter writer(ResultTree tree, int object, int type) {
        if (type != TypeNames.UNKNOWN) {
            return writers[type];
        }
        return tree.saysUnknownType(object) ? null : fallback;
    }
}
