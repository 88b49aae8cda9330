package dev.trivium.language;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.GraphQLScalarType;
import java.util.Locale;
import java.util.Objects;

/// `Float` without infinity (GraphQL specification, section 3.5.2): graphql-java reads `1e400` as
/// such.
final class FiniteFloat implements Coercing<Object, Object> {
    static final GraphQLScalarType TYPE =
            Scalars.GraphQLFloat.transform(type -> type.coercing(new FiniteFloat()));

    private static final Coercing<?, ?> STANDARD = Scalars.GraphQLFloat.getCoercing();

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
        return Objects.requireNonNull(STANDARD.serialize(value, context, locale));
    }

    @Override
    public Object parseValue(Object value, GraphQLContext context, Locale locale) {
        return Objects.requireNonNull(STANDARD.parseValue(value, context, locale));
    }

    @Override
    public Object parseLiteral(
            Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
        Object number =
                Objects.requireNonNull(STANDARD.parseLiteral(value, variables, context, locale));
        if (number instanceof Double real && real.isInfinite()) {
            throw new CoercingParseLiteralException("The number does not fit a Float.");
        }
        return number;
    }
}
