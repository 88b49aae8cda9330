package dev.trivium.execution;

/// The port to the subgraphs. Calls and callbacks stay on the thread (event loop) that serves the
/// client's request.
public interface SubgraphClient {

    /// Sends a request. The sink is called exactly once, never before this method returns, and not
    /// after {@link Call#cancel()}.
    Call send(SubgraphRequest request, ResponseSink sink);

    /// A request under way.
    interface Call {
        void cancel();

        /// Whether it sends nothing itself, but waits for the answer to an equal request.
        default boolean isShared() {
            return false;
        }
    }

    /// What to send.
    ///
    /// @param fetch the number of the fetch in the plan; says nothing to the subgraph
    /// @param subgraph the number of the subgraph
    /// @param mutation whether it has effects, and so must not be sent twice
    /// @param body the JSON text of the GraphQL request, UTF-8
    record SubgraphRequest(int fetch, int subgraph, boolean mutation, byte[] body) {}

    /// Receives what came of a request.
    interface ResponseSink {

        /// The subgraph answered.
        ///
        /// @param status the HTTP status
        /// @param body all of it; nobody changes it from now on, since others may read it too
        void answered(int status, byte[] body);

        /// The subgraph did not answer.
        void failed(Failure failure);
    }

    /// Why there is no answer.
    ///
    /// @param message for the client: no host names, no internals
    record Failure(Kind kind, String message) {
        /// Each becomes the `extensions.code` of the error.
        public enum Kind {
            UNAVAILABLE,
            TIMEOUT,
            TOO_LARGE,
            MALFORMED,
            /// The subgraph wants to know who the client is, or does not believe it.
            UNAUTHENTICATED,
            /// The subgraph does not do this for the client.
            FORBIDDEN,
            /// Events came faster than the client took them.
            SUBSCRIPTION_SLOW_CONSUMER,
            /// The router has as many subscriptions as it takes.
            SUBSCRIPTION_LIMIT_REACHED
        }
    }
}
