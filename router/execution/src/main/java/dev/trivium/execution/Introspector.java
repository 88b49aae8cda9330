package dev.trivium.execution;

import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.ResponseSink;

/// The port to what answers `__schema` and `__type`. The same rules of threads hold as for {@link
/// SubgraphClient}.
@FunctionalInterface
public interface Introspector {

    /// Executes an operation against the API schema; the answer is a GraphQL response with the
    /// status 200.
    ///
    /// @param operation a query of introspection fields
    /// @param variables the variables of the client's operation as a JSON object, UTF-8
    Call introspect(String operation, byte[] variables, ResponseSink sink);
}
