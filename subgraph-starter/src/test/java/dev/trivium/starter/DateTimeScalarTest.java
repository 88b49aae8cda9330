package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeScalarTest {
    private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();
    private final DateTimeScalar scalar = new DateTimeScalar();

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T18:00:00Z, 2026-05-01T18:00:00Z",
        "2026-05-01T20:00:00+02:00, 2026-05-01T18:00:00Z",
        "2026-05-01T18:00:00.5Z, 2026-05-01T18:00:00.500Z",
        "2026-05-01T18:00:00.123456789Z, 2026-05-01T18:00:00.123Z",
        "2026-12-31T23:30:00-01:00, 2027-01-01T00:30:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    })
    void readsAnyOffsetAndWritesUtc(String text, String utc) {
        Instant value = parse(text);
        assertThat(scalar.serialize(value, CONTEXT, Locale.ROOT)).isEqualTo(utc);
        assertThat(literal(StringValue.of(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-05-01",
                "2026-05-01T18:00:00",
                "2026-02-30T18:00:00Z",
                "+12026-05-01T18:00:00Z",
                "0000-12-31T23:59:59Z",
                "9999-12-31T23:59:59-01:00",
                "tomorrow",
                "1777658400000",
            })
    void rejectsWhatIsNoInstant(String text) {
        assertThatExceptionOfType(CoercingParseValueException.class).isThrownBy(() -> parse(text));
        assertThatExceptionOfType(CoercingParseLiteralException.class)
                .isThrownBy(() -> literal(StringValue.of(text)));
    }

    @Test
    void rejectsOtherTypes() {
        assertThatExceptionOfType(CoercingParseValueException.class)
                .isThrownBy(() -> parse(1777658400000L));
        assertThatExceptionOfType(CoercingParseLiteralException.class)
                .isThrownBy(() -> literal(IntValue.of(1)));
        assertThatExceptionOfType(CoercingSerializeException.class)
                .isThrownBy(() -> scalar.serialize("2026", CONTEXT, Locale.ROOT));
    }

    private Instant parse(Object input) {
        return scalar.parseValue(input, CONTEXT, Locale.ROOT);
    }

    private Instant literal(Value<?> input) {
        return scalar.parseLiteral(input, CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT);
    }
}
