package dev.trivium.language;

import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLDirective;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps directives out of the answer to `__schema { directives }`.
final class HideDirectives extends SimplePerformantInstrumentation {
    /// What graphql-java offers in every schema and a router does not. (`@defer` is not among it.)
    static final Set<String> ADDED_BY_GRAPHQL_JAVA = Set.of("experimental_disableErrorPropagation");

    private final Set<String> names;

    HideDirectives(Set<String> names) {
        this.names = names;
    }

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher,
            InstrumentationFieldFetchParameters parameters,
            @Nullable InstrumentationState state) {
        DataFetchingEnvironment environment = parameters.getEnvironment();
        boolean lists =
                environment.getField().getName().equals("directives")
                        && environment.getParentType().equals(schemaType(environment));
        return lists ? at -> visible(fetcher.get(at)) : fetcher;
    }

    private static Object schemaType(DataFetchingEnvironment environment) {
        return environment.getGraphQLSchema().getIntrospectionSchemaType();
    }

    private @Nullable Object visible(@Nullable Object directives) {
        return directives instanceof Collection<?> collection
                ? collection.stream()
                        .filter(directive ->
                                !(directive instanceof GraphQLDirective type)
                                        || !names.contains(type.getName()))
                        .toList()
                : directives;
    }
}
