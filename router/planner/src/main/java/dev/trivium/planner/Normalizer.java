package dev.trivium.planner;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Selection;
import dev.trivium.language.SourceLocation;
import dev.trivium.supergraph.Supergraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a valid document to the one operation that is to be planned.
public final class Normalizer {

    /// The operation is larger than what is planned, fragments written out.
    public static final String TOO_COMPLEX = "TOO_COMPLEX";

    /// The document has no operation of the name, or a name is needed and missing.
    public static final String UNKNOWN_OPERATION = "GRAPHQL_UNKNOWN_OPERATION_NAME";

    private static final int MAX_DEPTH = 400;

    private Normalizer() {}

    /// Selects an operation and normalizes it.
    ///
    /// @param document has passed validation against the API schema
    /// @param operationName null where the document has only one operation
    public static Outcome<NormalizedOperation> normalize(
            Document document, @Nullable String operationName, Supergraph supergraph) {
        return normalize(document, operationName, supergraph, PlannerLimits.DEFAULT);
    }

    static Outcome<NormalizedOperation> normalize(
            Document document,
            @Nullable String operationName,
            Supergraph supergraph,
            PlannerLimits limits) {
        return normalize(document, operationName, supergraph, limits, Defers.ignored());
    }

    static Outcome<NormalizedOperation> normalize(
            Document document,
            @Nullable String operationName,
            Supergraph supergraph,
            PlannerLimits limits,
            Defers defers) {
        return select(document, operationName)
                .then(operation ->
                        normalize(document, operation, supergraph, limits.maxSelections(), defers));
    }

    private static Outcome<Definition.Operation> select(Document document, @Nullable String name) {
        List<Definition.Operation> operations = document.definitions(Definition.Operation.class);
        if (name == null && operations.size() == 1) {
            return new Accepted<>(operations.getFirst());
        }
        if (name == null) {
            String message =
                    operations.isEmpty()
                            ? "The document has no operation."
                            : "The document has several operations: name one in `operationName`.";
            return new Rejected<>(new Issue(UNKNOWN_OPERATION, message, List.of()));
        }
        for (Definition.Operation operation : operations) {
            if (name.equals(operation.name())) {
                return new Accepted<>(operation);
            }
        }
        String message = "The document has no operation named \"" + name + "\".";
        return new Rejected<>(new Issue(UNKNOWN_OPERATION, message, List.of()));
    }

    private static Outcome<NormalizedOperation> normalize(
            Document document,
            Definition.Operation operation,
            Supergraph supergraph,
            int maxSelections,
            Defers defers) {
        Map<String, Definition.Fragment> fragments = new LinkedHashMap<>();
        for (Definition.Fragment fragment : document.definitions(Definition.Fragment.class)) {
            fragments.put(fragment.name(), fragment);
        }
        ExpandedSize.Size size = new ExpandedSize(fragments).of(operation.selections());
        if (size.selections() > maxSelections || size.depth() > MAX_DEPTH) {
            String message =
                    "With its fragments written out, the operation exceeds %d selections or a depth of %d."
                            .formatted(maxSelections, MAX_DEPTH);
            return new Rejected<>(new Issue(TOO_COMPLEX, message, operation.location()));
        }
        String rootType = supergraph.rootTypes().get(operation.type());
        if (rootType == null) {
            throw new IllegalArgumentException("no root type for a " + operation.type().keyword());
        }
        FieldCollector collector =
                new FieldCollector(new SchemaTypes(supergraph, false), fragments, defers);
        List<NormalizedField> fields = collector.collect(operation.selections(), rootType);
        String introspection = null;
        if (operation.type() == OperationType.QUERY
                && fields.stream().anyMatch(NormalizedField::isIntrospection)) {
            List<Selection> selections = collector.introspection(operation.selections(), rootType);
            introspection = IntrospectionText.of(operation, selections, fragments);
        }
        return new Accepted<>(
                new NormalizedOperation(
                        operation.type(), withoutLocations(operation), fields, introspection));
    }

    private static List<Definition.VariableDefinition> withoutLocations(
            Definition.Operation operation) {
        return operation.variables().stream()
                .map(it ->
                        new Definition.VariableDefinition(
                                it.name(),
                                it.type(),
                                it.defaultValue(),
                                List.of(),
                                SourceLocation.NONE))
                .toList();
    }
}
