package dev.trivium.language;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLException;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.introspection.GoodFaithIntrospection;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The schema that clients see: judges their operations and answers introspection.
///
/// Safe for use by many threads. Both take milliseconds, so they do not belong on an event loop.
public final class ClientSchema {
    /// The code of an operation that breaks a rule of the GraphQL specification, section 5.
    public static final String VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED";

    /// A directive that clients know from other servers.
    static final String STREAM = "stream";

    /// The key of the document that is executed; graphql-java's parser is not used.
    private static final String DOCUMENT = "document";

    private final GraphQLSchema schema;
    private final GraphQL graphQl;

    /// The directives that graphql-java adds to every schema, and that this one lacks.
    private final Set<String> hiddenDirectives;

    private ClientSchema(GraphQLSchema schema, Set<String> hiddenDirectives) {
        this.schema = schema;
        this.hiddenDirectives = hiddenDirectives;
        this.graphQl =
                GraphQL.newGraphQL(schema)
                        .instrumentation(new HideDirectives(hiddenDirectives))
                        .preparsedDocumentProvider((input, _) -> preparsed(input))
                        .build();
    }

    private static CompletableFuture<PreparsedDocumentEntry> preparsed(ExecutionInput input) {
        graphql.language.Document document = input.getGraphQLContext().get(DOCUMENT);
        return CompletableFuture.completedFuture(new PreparsedDocumentEntry(document));
    }

    private static Set<String> hidden(Document document) {
        Set<String> names = new HashSet<>(HideDirectives.ADDED_BY_GRAPHQL_JAVA);
        names.add(STREAM);
        document.definitions(Definition.DirectiveType.class)
                .forEach(directive -> names.remove(directive.name()));
        return Set.copyOf(names);
    }

    /// Makes a schema of its definitions.
    ///
    /// @param document definitions only, no extensions
    /// @return rejected with the code `INVALID_GRAPHQL` where the definitions do not fit together
    public static Outcome<ClientSchema> of(Document document) {
        List<Issue> issues = DefinitionReferences.check(document);
        if (!issues.isEmpty()) {
            return new Outcome.Rejected<>(issues);
        }
        try {
            return new Outcome.Accepted<>(
                    new ClientSchema(GraphQlJavaSchema.of(document), hidden(document)));
        } catch (GraphQLException error) {
            return new Outcome.Rejected<>(
                    new Issue(
                            Parser.INVALID_GRAPHQL,
                            "The schema is not valid: " + error.getMessage(),
                            List.of()));
        }
    }

    /// Judges a document by the rules of the GraphQL specification.
    ///
    /// Time and stack are bounded: a document that would take too much of either is rejected before
    /// the rules see it, with the code `TOO_COMPLEX` or `RECURSION_LIMIT`. Messages name only what
    /// the document names: they suggest nothing.
    ///
    /// @return the issues, at most 100; none for a valid document
    public List<Issue> validate(Document operation) {
        Issue problem = OperationGuard.check(operation, hiddenDirectives);
        if (problem != null) {
            return List.of(problem);
        }
        return new Validator()
                .validateDocument(schema, GraphQlJavaDocument.of(operation), Locale.ROOT).stream()
                        .map(ClientSchema::issue)
                        .toList();
    }

    private static Issue issue(ValidationError error) {
        List<SourceLocation> locations =
                Objects.requireNonNullElse(
                                error.getLocations(), List.<graphql.language.SourceLocation>of())
                        .stream()
                        .map(at -> new SourceLocation(null, at.getLine(), at.getColumn()))
                        .toList();
        return new Issue(VALIDATION_FAILED, RuleMessage.of(error.getMessage()), locations);
    }

    /// Executes an operation of introspection fields.
    ///
    /// @param operation a valid document
    /// @param operationName null where the document has one operation
    /// @param variables by name; values as a JSON parser makes them
    /// @return the GraphQL response as JSON, in UTF-8
    public byte[] introspect(
            Document operation,
            @Nullable String operationName,
            Map<String, @Nullable Object> variables) {
        ExecutionResult result =
                graphQl.execute(
                        ExecutionInput.newExecutionInput()
                                .query("{__schema{__typename}}")
                                .operationName(operationName)
                                .variables(variables)
                                .graphQLContext(
                                        Map.of(
                                                DOCUMENT,
                                                GraphQlJavaDocument.of(operation),
                                                // The guard of validation has bounded it already.
                                                GoodFaithIntrospection
                                                        .GOOD_FAITH_INTROSPECTION_DISABLED,
                                                true))
                                .build());
        return JsonText.utf8(result.toSpecification());
    }
}
