package dev.trivium.execution;

/// What a client sends beside the operation.
///
/// @param json UTF-8 bytes, owned by the execution until its last part
/// @param offset where the value of `variables` starts in `json`
/// @param length of that value: a JSON object, `null`, or nothing at all (0)
public record RequestInput(byte[] json, int offset, int length) {

    /// No variables.
    public static final RequestInput NONE = new RequestInput(new byte[0], 0, 0);

    /// @param variables a JSON object
    public static RequestInput of(byte[] variables) {
        return new RequestInput(variables, 0, variables.length);
    }
}
