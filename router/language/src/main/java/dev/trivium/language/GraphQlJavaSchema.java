package dev.trivium.language;

import graphql.Scalars;
import graphql.TypeResolutionEnvironment;
import graphql.introspection.Introspection;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLUnionType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schema as graphql-java has it, made without graphql-java's parser. It resolves nothing but
/// introspection.
///
/// Directives of the schema itself are left out, except for what introspection shows:
/// `@deprecated`, `@specifiedBy` and `@oneOf`.
final class GraphQlJavaSchema {
    private static final Map<String, GraphQLScalarType> BUILT_IN =
            Map.of(
                    "Int", Scalars.GraphQLInt,
                    "Float", FiniteFloat.TYPE,
                    "String", Scalars.GraphQLString,
                    "Boolean", Scalars.GraphQLBoolean,
                    "ID", Scalars.GraphQLID);

    /// Defined by graphql-java itself.
    private static final Set<String> STANDARD_DIRECTIVES =
            Set.of("skip", "include", "deprecated", "specifiedBy", "oneOf");

    private final Document document;
    private final GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    private final Map<String, GraphQLType> types = new LinkedHashMap<>();

    private GraphQlJavaSchema(Document document) {
        this.document = document;
    }

    /// @param document definitions only, no extensions, whose references resolve
    static GraphQLSchema of(Document document) {
        return new GraphQlJavaSchema(document).build();
    }

    private GraphQLSchema build() {
        for (Definition.Type type : document.definitions(Definition.Type.class)) {
            if (!BUILT_IN.containsKey(type.name())) {
                types.put(type.name(), type(type));
            }
        }
        Map<OperationType, String> roots = rootTypes();
        GraphQLSchema.Builder schema = GraphQLSchema.newSchema();
        document.definitions(Definition.Schema.class)
                .forEach(definition -> schema.description(definition.description()));
        roots.forEach((operation, name) -> {
            if (types.get(name) instanceof GraphQLObjectType root) {
                switch (operation) {
                    case QUERY -> schema.query(root);
                    case MUTATION -> schema.mutation(root);
                    case SUBSCRIPTION -> schema.subscription(root);
                }
            }
        });
        return schema.additionalTypes(new LinkedHashSet<>(types.values()))
                .additionalDirectives(directiveTypes())
                .codeRegistry(code.build())
                .build();
    }

    private Map<OperationType, String> rootTypes() {
        Map<OperationType, String> roots = new EnumMap<>(OperationType.class);
        List<Definition.Schema> schemas = document.definitions(Definition.Schema.class);
        if (schemas.isEmpty()) {
            for (OperationType operation : OperationType.values()) {
                roots.put(operation, operation.defaultTypeName());
            }
        }
        for (Definition.Schema schema : schemas) {
            schema.rootTypes().forEach(root -> roots.put(root.operation(), root.typeName()));
        }
        return roots;
    }

    private GraphQLType type(Definition.Type type) {
        return switch (type) {
            case Definition.ScalarType scalar ->
                    GraphQLScalarType.newScalar()
                            .name(scalar.name())
                            .description(scalar.description())
                            .specifiedByUrl(text(scalar.directives(), "specifiedBy", "url", null))
                            .coercing(new AnyLiteral())
                            .build();
            case Definition.ObjectType object -> object(object);
            case Definition.InterfaceType interfaceType -> interfaceType(interfaceType);
            case Definition.UnionType union -> union(union);
            case Definition.EnumType enumType -> enumType(enumType);
            case Definition.InputObjectType input -> inputObject(input);
        };
    }

    private static GraphQLObjectType object(Definition.ObjectType object) {
        GraphQLObjectType.Builder type =
                GraphQLObjectType.newObject()
                        .name(object.name())
                        .description(object.description())
                        .fields(fields(object.fields()));
        object.interfaces().forEach(name -> type.withInterface(new GraphQLTypeReference(name)));
        return type.build();
    }

    private GraphQLInterfaceType interfaceType(Definition.InterfaceType interfaceType) {
        code.typeResolver(interfaceType.name(), GraphQlJavaSchema::noRuntimeType);
        GraphQLInterfaceType.Builder type =
                GraphQLInterfaceType.newInterface()
                        .name(interfaceType.name())
                        .description(interfaceType.description())
                        .fields(fields(interfaceType.fields()));
        interfaceType
                .interfaces()
                .forEach(name -> type.withInterface(new GraphQLTypeReference(name)));
        return type.build();
    }

    private GraphQLUnionType union(Definition.UnionType union) {
        code.typeResolver(union.name(), GraphQlJavaSchema::noRuntimeType);
        GraphQLUnionType.Builder type =
                GraphQLUnionType.newUnionType().name(union.name()).description(union.description());
        union.members().forEach(name -> type.possibleType(new GraphQLTypeReference(name)));
        return type.build();
    }

    private static GraphQLEnumType enumType(Definition.EnumType enumType) {
        GraphQLEnumType.Builder type =
                GraphQLEnumType.newEnum().name(enumType.name()).description(enumType.description());
        for (Definition.EnumValue value : enumType.values()) {
            type.value(
                    GraphQLEnumValueDefinition.newEnumValueDefinition()
                            .name(value.name())
                            .description(value.description())
                            .value(value.name())
                            .deprecationReason(deprecation(value.directives()))
                            .build());
        }
        return type.build();
    }

    private static GraphQLInputObjectType inputObject(Definition.InputObjectType input) {
        GraphQLInputObjectType.Builder type =
                GraphQLInputObjectType.newInputObject()
                        .name(input.name())
                        .description(input.description());
        if (find(input.directives(), "oneOf") != null) {
            type.withAppliedDirective(graphql.Directives.OneOfDirective.toAppliedDirective());
        }
        for (Definition.InputValue field : input.fields()) {
            GraphQLInputObjectField.Builder builder =
                    GraphQLInputObjectField.newInputObjectField()
                            .name(field.name())
                            .description(field.description())
                            .type(inputType(field.type()))
                            .deprecate(deprecation(field.directives()));
            if (field.defaultValue() != null) {
                builder.defaultValueLiteral(GraphQlJavaDocument.value(field.defaultValue()));
            }
            type.field(builder);
        }
        return type.build();
    }

    private static List<GraphQLFieldDefinition> fields(List<Definition.FieldDefinition> fields) {
        return fields.stream()
                .map(field ->
                        GraphQLFieldDefinition.newFieldDefinition()
                                .name(field.name())
                                .description(field.description())
                                .arguments(arguments(field.arguments()))
                                .type(outputType(field.type()))
                                .deprecate(deprecation(field.directives()))
                                .build())
                .toList();
    }

    private static List<GraphQLArgument> arguments(List<Definition.InputValue> arguments) {
        return arguments.stream().map(GraphQlJavaSchema::argument).toList();
    }

    private static GraphQLArgument argument(Definition.InputValue argument) {
        GraphQLArgument.Builder builder =
                GraphQLArgument.newArgument()
                        .name(argument.name())
                        .description(argument.description())
                        .type(inputType(argument.type()))
                        .deprecate(deprecation(argument.directives()));
        if (argument.defaultValue() != null) {
            builder.defaultValueLiteral(GraphQlJavaDocument.value(argument.defaultValue()));
        }
        return builder.build();
    }

    private Set<GraphQLDirective> directiveTypes() {
        Set<GraphQLDirective> directives = new LinkedHashSet<>();
        for (Definition.DirectiveType type : document.definitions(Definition.DirectiveType.class)) {
            if (STANDARD_DIRECTIVES.contains(type.name())) {
                continue;
            }
            GraphQLDirective.Builder builder =
                    GraphQLDirective.newDirective()
                            .name(type.name())
                            .description(type.description())
                            .repeatable(type.repeatable())
                            .replaceArguments(arguments(type.arguments()));
            type.locations()
                    .forEach(location ->
                            builder.validLocation(
                                    Introspection.DirectiveLocation.valueOf(location)));
            directives.add(builder.build());
        }
        return directives;
    }

    private static GraphQLOutputType outputType(TypeReference type) {
        return (GraphQLOutputType) reference(type);
    }

    private static GraphQLInputType inputType(TypeReference type) {
        return (GraphQLInputType) reference(type);
    }

    private static GraphQLType reference(TypeReference type) {
        return switch (type) {
            case TypeReference.Named(var name) -> {
                GraphQLScalarType scalar = BUILT_IN.get(name);
                yield scalar == null ? new GraphQLTypeReference(name) : scalar;
            }
            case TypeReference.ListOf(var element) -> GraphQLList.list(reference(element));
            case TypeReference.NonNull(var nullable) -> GraphQLNonNull.nonNull(reference(nullable));
        };
    }

    private static @Nullable String deprecation(List<Directive> directives) {
        return text(directives, "deprecated", "reason", "No longer supported");
    }

    /// An argument of a directive: null where the directive is absent.
    private static @Nullable String text(
            List<Directive> directives, String name, String argument, @Nullable String standard) {
        Directive directive = find(directives, name);
        if (directive == null) {
            return null;
        }
        return directive.argument(argument) instanceof Value.StringValue(var text)
                ? text
                : standard;
    }

    private static @Nullable Directive find(List<Directive> directives, String name) {
        for (Directive directive : directives) {
            if (directive.name().equals(name)) {
                return directive;
            }
        }
        return null;
    }

    private static GraphQLObjectType noRuntimeType(TypeResolutionEnvironment environment) {
        throw new IllegalStateException("only introspection is executed");
    }
}
