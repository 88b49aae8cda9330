package dev.trivium.execution;

/// Ends the reading of a text that is not JSON. It never leaves this package, and carries neither a
/// message nor a stack, since it may be thrown for every answer of a broken subgraph: a reader that
/// returned its failure would have to check for one after every value.
final class MalformedJson extends Exception {

    MalformedJson() {
        super(null, null, false, false);
    }
}
