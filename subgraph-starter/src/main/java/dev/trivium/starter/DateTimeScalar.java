package dev.trivium.starter;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The scalar `DateTime`: read from ISO 8601 with an offset (RFC 3339), written in UTC.
///
/// In Java an [Instant] in whole milliseconds, which is what MongoDB keeps: finer digits are cut
/// off on the way in. Years go from 0001 to 9999.
final class DateTimeScalar implements Coercing<Instant, String> {
    static final GraphQLScalarType TYPE =
            GraphQLScalarType.newScalar()
                    .name("DateTime")
                    .description("An instant as an ISO 8601 date-time with an offset.")
                    .coercing(new DateTimeScalar())
                    .build();

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final String EXPECTED =
            "Expected a date-time with an offset, for example `2026-05-01T18:00:00Z`.";

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        return switch (result) {
            case Instant instant -> instant.toString();
            case OffsetDateTime time -> time.toInstant().toString();
            default -> throw new CoercingSerializeException("Not an instant: " + result.getClass());
        };
    }

    @Override
    public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
        return switch (input) {
            case Instant instant -> instant;
            case String text -> {
                Instant instant = parse(text);
                if (instant == null) {
                    throw new CoercingParseValueException(EXPECTED);
                }
                yield instant;
            }
            default -> throw new CoercingParseValueException(EXPECTED);
        };
    }

    @Override
    public Instant parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        Instant instant = input instanceof StringValue text ? parse(text.getValue()) : null;
        if (instant == null) {
            throw new CoercingParseLiteralException(EXPECTED);
        }
        return instant;
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.of(serialize(parseValue(input, context, locale), context, locale));
    }

    private static @Nullable Instant parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant =
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME
                            .parse(text, OffsetDateTime::from)
                            .toInstant()
                            .truncatedTo(ChronoUnit.MILLIS);
            return instant.isBefore(FIRST) || !instant.isBefore(END) ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
