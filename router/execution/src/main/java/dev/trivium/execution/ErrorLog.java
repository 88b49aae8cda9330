package dev.trivium.execution;

import java.util.ArrayList;
import java.util.List;

/// The errors of one response. A response holds at most {@link #LIMIT}; a broken subgraph may
/// report a million.
final class ErrorLog {

    static final int LIMIT = 100;

    private final List<ResponseError> errors = new ArrayList<>();

    boolean isEmpty() {
        return errors.isEmpty();
    }

    boolean isFull() {
        return errors.size() >= LIMIT;
    }

    /// Those that are known so far; not to be changed.
    List<ResponseError> errors() {
        return errors;
    }

    void add(ResponseError error) {
        if (!isFull()) {
            errors.add(error);
        }
    }

    /// Whether an error is known at a position itself.
    boolean isAt(List<Object> position) {
        for (int i = 0; i < errors.size(); i++) {
            if (position.equals(errors.get(i).path())) {
                return true;
            }
        }
        return false;
    }

    /// Whether an error is known that explains a null at a position.
    boolean explains(List<Object> position) {
        for (int i = 0; i < errors.size(); i++) {
            if (errors.get(i).explains(position)) {
                return true;
            }
        }
        return false;
    }

    /// Appends `"errors":[…]`.
    void write(JsonBuffer out) {
        out.append(JsonText.utf8("\"errors\":["));
        for (int i = 0; i < errors.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            errors.get(i).write(out);
        }
        out.append(']');
    }
}
