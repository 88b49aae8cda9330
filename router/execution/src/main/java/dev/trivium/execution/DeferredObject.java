package dev.trivium.execution;

import java.util.List;

/// An object that the client knows, and of which it gets more fields in a deferred part.
///
/// @param object in the tree
/// @param type of the object
/// @param path of the object in the response
record DeferredObject(
        ResponseSelection.Deferred deferred, int object, int type, List<Object> path) {}
