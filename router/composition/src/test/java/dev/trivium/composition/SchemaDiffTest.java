package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDiffTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type T { a: Int b: Int }        | type T { a: Int }                | BREAKING T.b: the field is gone
                    type T { a: Int! }              | type T { a: Int }                | BREAKING T.a: the field is now of type Int, it was Int!
                    type T { a: [Int!] }            | type T { a: [Int] }              | BREAKING T.a: the field is now of type [Int], it was [Int!]
                    type T { a: Int }               | type T { a: Int! b: Int }        | SAFE T.a: the field is now of type Int!, it was Int; SAFE T.b: the field is new
                    type T { a(x: Int): Int }       | type T { a: Int }                | BREAKING T.a(x:): the argument is gone
                    type T { a: Int }               | type T { a(x: Int!): Int }       | BREAKING T.a(x:): the argument is new and required
                    type T { a: Int }               | type T { a(x: Int): Int }        | DANGEROUS T.a(x:): the argument is new
                    type T { a: Int }               | type T { a(x: Int! = 1): Int }   | DANGEROUS T.a(x:): the argument is new
                    type T { a(x: Int): Int }       | type T { a(x: Int!): Int }       | BREAKING T.a(x:): the argument is now of type Int!, it was Int
                    type T { a(x: Int!): Int }      | type T { a(x: Int): Int }        | SAFE T.a(x:): the argument is now of type Int, it was Int!
                    scalar A                        | scalar A scalar B                | SAFE B: the type is new
                    directive @d on FIELD           | directive @d on FIELD directive @e on FIELD | SAFE @e: the directive is new
                    type T { a(x: Int = 1): Int }   | type T { a(x: Int = 2): Int }    | DANGEROUS T.a(x:): the argument has another default: 2, it was 1
                    type T { a(x: Int! = 1): Int }  | type T { a(x: Int!): Int }       | BREAKING T.a(x:): the argument is now required: it has no default any more
                    input I { a: Int }              | input I { a: Int b: Int! }       | BREAKING I.b: the input field is new and required
                    enum E { A B }                  | enum E { A C }                   | BREAKING E.B: the value B is gone; DANGEROUS E.C: the value C is new
                    union U = A                     | union U = B                      | BREAKING U.A: the member A of the union is gone; DANGEROUS U.B: the member B of the union is new
                    type T { a: Int }               | interface T { a: Int }           | BREAKING T: the type is now an interface, it was an object type
                    type T implements I { a: Int }  | type T { a: Int }                | BREAKING T: the type no longer implements I
                    scalar S                        | type T { a: Int }                | BREAKING S: the type is gone; SAFE T: the type is new
                    directive @d on FIELD           | directive @d on QUERY            | BREAKING @d: the location FIELD is gone; SAFE @d: the location QUERY is new
                    directive @d(a: Int) on FIELD   | directive @d(a: Int!) on FIELD   | BREAKING @d(a:): the argument is now of type Int!, it was Int
                    """)
    void tellsWhatChanges(String before, String after, String expected) {
        List<String> changes =
                SchemaDiff.between(parsed(before), parsed(after)).stream()
                        .map(c -> c.severity() + " " + c.coordinate() + ": " + c.message())
                        .toList();
        assertThat(String.join("; ", changes)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aSchemaDoesNotDifferFromItself() {
        Document schema =
                parsed("type Query { a(x: Int = 1): [Query!]! } enum E { A } union U = Query");
        assertThat(SchemaDiff.between(schema, schema)).isEmpty();
    }

    private static Document parsed(String sdl) {
        return switch (Parser.parseSchema(sdl, null)) {
            case Outcome.Accepted<Document>(var document) -> document;
            case Outcome.Rejected<Document>(var issues) -> throw new AssertionError(issues);
        };
    }
}
