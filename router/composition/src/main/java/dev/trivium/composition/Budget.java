package dev.trivium.composition;

/// A bound on work, so that no input keeps composition busy for ever: a count of steps, the same on
/// every machine.
final class Budget {
    private long left;

    Budget(long steps) {
        left = steps;
    }

    /// Takes one step; false once there is none left.
    boolean spend() {
        return left > 0 && --left > 0;
    }

    boolean exhausted() {
        return left == 0;
    }
}
