package dev.trivium.execution;

/// Receives the response of one execution, in one or more parts, on the thread of the execution.
public interface ClientSink {

    /// A part of the response. None follows the last one.
    void part(Part part);

    /// The router itself is at fault. No part follows; what the client gets is the server's
    /// decision.
    void failed(RuntimeException bug);

    /// A JSON object in UTF-8.
    ///
    /// @param buffer owned by the receiver from now on
    /// @param length how much of `buffer` is used, from its start
    record Part(byte[] buffer, int length, Result result, boolean last) {}

    /// What a part says about the request.
    enum Result {
        /// `data` without `errors`.
        COMPLETE,
        /// `errors` beside `data`; `data` may be null.
        PARTIAL,
        /// `errors` without `data`: the variables are not those of the operation, and nothing was
        /// sent to any subgraph.
        REFUSED
    }
}
