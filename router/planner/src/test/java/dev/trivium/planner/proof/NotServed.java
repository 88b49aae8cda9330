package dev.trivium.planner.proof;

/// A subgraph is asked for what it does not serve.
final class NotServed extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotServed(String message) {
        super(message);
    }
}
