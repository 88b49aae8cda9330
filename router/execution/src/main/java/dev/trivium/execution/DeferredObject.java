package dev.trivium.execution;

import java.util.List;

/// An object that the client knows, and of which it gets more fields in a deferred part.
///
/// @param steps from the root of the tree to the object: slots of objects and positions in lists.
///   Not the object itself, for which a copy may stand there by the time of the part
/// @param type of the object
/// @param path of the object in the response
record DeferredObject(
        ResponseSelection.Deferred deferred, int[] steps, int type, List<Object> path) {

    /// The object as it is now.
    int find(ResultTree tree, int root) {
        int at = root;
        for (int step : steps) {
            at = Cell.index(tree.at(at, step));
        }
        return at;
    }
}
