package dev.trivium.planner.proof;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.introspection.GoodFaithIntrospection;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// A GraphQL service in memory, executed by graphql-java.
final class Service {
    private final GraphQL graphQl;

    /// @param typename the name of the type of an object
    /// @param fetcher resolves every field
    Service(String sdl, Function<Object, String> typename, DataFetcher<?> fetcher) {
        RuntimeWiring wiring =
                RuntimeWiring.newRuntimeWiring()
                        .wiringFactory(new Wiring(typename, fetcher))
                        .build();
        this.graphQl =
                GraphQL.newGraphQL(
                                new SchemaGenerator()
                                        .makeExecutableSchema(
                                                new SchemaParser().parse(sdl), wiring))
                        .build();
    }

    /// The data of an answer, which must come without errors.
    Map<String, @Nullable Object> execute(
            String operation, Map<String, @Nullable Object> variables) {
        Map<String, @Nullable Object> data = result(operation, variables).getData();
        return Objects.requireNonNull(data);
    }

    /// The data of all events.
    List<Map<String, @Nullable Object>> subscribe(
            String subscription, Map<String, @Nullable Object> variables) {
        Publisher<ExecutionResult> events = result(subscription, variables).getData();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (ExecutionResult event : Events.of(Objects.requireNonNull(events))) {
            check(event, subscription, variables);
            Map<String, @Nullable Object> data = event.getData();
            all.add(Objects.requireNonNull(data));
        }
        return all;
    }

    private ExecutionResult result(String operation, Map<String, @Nullable Object> variables) {
        ExecutionResult result = run(operation, variables);
        check(result, operation, variables);
        return result;
    }

    /// An answer, which may have errors.
    ExecutionResult run(String operation, Map<String, @Nullable Object> variables) {
        return graphQl.execute(
                ExecutionInput.newExecutionInput(operation)
                        .variables(variables)
                        .graphQLContext(
                                Map.of(
                                        GoodFaithIntrospection.GOOD_FAITH_INTROSPECTION_DISABLED,
                                        true))
                        .build());
    }

    private static void check(
            ExecutionResult result, String operation, Map<String, @Nullable Object> variables) {
        if (!result.getErrors().isEmpty()) {
            throw new AssertionError(
                    result.getErrors() + "\nin " + operation + "\nwith " + variables);
        }
    }

    private record Wiring(Function<Object, String> typename, DataFetcher<?> fetcher)
            implements WiringFactory {
        @Override
        public boolean providesDataFetcher(FieldWiringEnvironment environment) {
            return true;
        }

        @Override
        public DataFetcher<?> getDataFetcher(FieldWiringEnvironment environment) {
            return fetcher;
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return resolver();
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return resolver();
        }

        private TypeResolver resolver() {
            return environment -> {
                String name = typename.apply(environment.getObject());
                GraphQLObjectType type = environment.getSchema().getObjectType(name);
                return Objects.requireNonNull(type, name);
            };
        }

        @Override
        public boolean providesScalar(ScalarWiringEnvironment environment) {
            String name = environment.getScalarTypeDefinition().getName();
            return !ScalarInfo.isGraphqlSpecifiedScalar(name);
        }

        @Override
        public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
            return GraphQLScalarType.newScalar()
                    .name(environment.getScalarTypeDefinition().getName())
                    .coercing(new AsItIs())
                    .build();
        }
    }

    /// A scalar whose values are not looked at.
    private static final class AsItIs implements Coercing<Object, Object> {
        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public @Nullable Object parseLiteral(
                Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            return String.valueOf(value);
        }
    }
}
