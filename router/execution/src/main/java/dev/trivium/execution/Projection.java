package dev.trivium.execution;

import org.jspecify.annotations.Nullable;

/// The fields of the response for objects of one runtime type, in the order of the request.
///
/// @param fields keys differ; the prefix of each is what stands between the values
record Projection(ResponseField[] fields) {

    static final byte[] EMPTY = {'{', '}'};

    /// The field that shows a slot of the tree; null if a client does not see it.
    @Nullable ResponseField ofSlot(int slot) {
        for (ResponseField field : fields) {
            if (field.slot() == slot && !field.isConstant()) {
                return field;
            }
        }
        return null;
    }
}
