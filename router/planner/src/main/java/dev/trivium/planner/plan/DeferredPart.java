package dev.trivium.planner.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fragment with `@defer` asks for: a part of the response that may follow the rest.
///
/// There is one for each object that the path leads to and whose runtime type has some of the
/// fields. It can be sent once its fetches and those of the part around it have ended, and that
/// part was sent.
///
/// @param number of the fragment, from 1. Parts with one number differ by their path
/// @param outer the number of the part around it, 0 for the initial one
/// @param label as given by the client, or null
/// @param condition that of the fragment, and those of the fields on the way. Where it does not
///   hold, there is no such part: its fetches belong to the part around it, and so do those of its
///   fields that apply there
/// @param path from the root to the objects
/// @param fetches the ids of those that only this part waits for
/// @param output what is sent for each object
public record DeferredPart(
        int number,
        int outer,
        @Nullable String label,
        Condition condition,
        List<Step> path,
        List<Integer> fetches,
        List<OutputField> output) {

    public DeferredPart {
        path = List.copyOf(path);
        fetches = List.copyOf(fetches);
        output = List.copyOf(output);
    }

    /// One step from an object to those below it; lists on the way are walked element by element.
    ///
    /// @param responseKey the key that the client sees
    /// @param planKey the key in the merged tree
    /// @param types the runtime types of the object at this step; empty for any
    public record Step(String responseKey, String planKey, List<String> types) {}
}
