package dev.trivium.planner.plan;

import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to answer one operation.
///
/// Objects that several fetches fill are merged by *plan key*: the key of a field in the subgraph
/// response and in the merged tree. A plan key differs from the client's response key only where
/// two fields with one response key would clash (see {@link OutputField#planKey()}).
///
/// A response has parts. Of a subscription, fetch 0 is the source of events, and all that follows
/// is done for each event. Of another operation, the initial part waits for every fetch that is not
/// of a deferred part.
///
/// @param rootType the name of the root type, `Query`
/// @param variables the variables of the operation, which the executor coerces
/// @param fetches in topological order; the index is the fetch's id
/// @param output what the client gets first, in the order of the request
/// @param introspection an operation with the introspection fields of the root, to be executed
///   against the API schema, or null if there are none
/// @param deferred the parts that may follow; one stands after the part around it
public record QueryPlan(
        OperationType operationType,
        String rootType,
        List<Definition.VariableDefinition> variables,
        List<Fetch> fetches,
        List<OutputField> output,
        @Nullable String introspection,
        List<DeferredPart> deferred) {

    public QueryPlan {
        fetches = List.copyOf(fetches);
        output = List.copyOf(output);
        deferred = List.copyOf(deferred);
    }

    /// A plan without deferred parts.
    public QueryPlan(
            OperationType operationType,
            String rootType,
            List<Definition.VariableDefinition> variables,
            List<Fetch> fetches,
            List<OutputField> output,
            @Nullable String introspection) {
        this(operationType, rootType, variables, fetches, output, introspection, List.of());
    }
}
