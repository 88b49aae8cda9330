package dev.trivium.language;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Text to documents (GraphQL specification, section 2 and appendix B, edition of September 2025).
///
/// Time is linear in the text and the stack is bounded, whatever the text holds: a text that cannot
/// be read is rejected with one issue at the place where reading ended. Descriptions in executable
/// documents are read over.
public final class Parser {
    /// The code of an operation that breaks the grammar.
    public static final String PARSE_FAILED = "GRAPHQL_PARSE_FAILED";

    /// The code of a schema text or field set that breaks the grammar.
    public static final String INVALID_GRAPHQL = "INVALID_GRAPHQL";

    private Parser() {}

    /// Reads type system definitions and extensions.
    ///
    /// @param source the name of the text in locations, or null where there is only one
    public static Outcome<Document> parseSchema(String text, @Nullable String source) {
        return parse(
                () -> new Lexer(text, source, ParserLimits.TRUSTED, INVALID_GRAPHQL),
                tokens -> new SchemaGrammar(tokens).document());
    }

    /// Reads operations and fragments.
    ///
    /// The codes are `GRAPHQL_PARSE_FAILED`, `TOKEN_LIMIT`, `RECURSION_LIMIT` and
    /// `CHARACTER_LIMIT`.
    public static Outcome<Document> parseOperation(String text, ParserLimits limits) {
        return parse(
                () -> new Lexer(text, null, limits, PARSE_FAILED),
                tokens -> new ExecutableGrammar(tokens).document());
    }

    /// Reads a field set, `id organization { id }`, with or without braces around it.
    public static Outcome<List<Selection>> parseSelections(String text) {
        return parse(
                () -> new Lexer(text, null, ParserLimits.TRUSTED, INVALID_GRAPHQL),
                tokens -> new ExecutableGrammar(tokens).fieldSet());
    }

    /// Reads a type, `[User!]!`.
    public static Outcome<TypeReference> parseType(String text) {
        return parse(
                () -> new Lexer(text, null, ParserLimits.TRUSTED, INVALID_GRAPHQL),
                tokens -> {
                    TypeReference type = new ValueGrammar(tokens).type();
                    tokens.expect(TokenKind.END);
                    return type;
                });
    }

    private static <T> Outcome<T> parse(LexerSource text, Function<Tokens, T> rule) {
        try {
            return new Outcome.Accepted<>(rule.apply(new Tokens(text.open())));
        } catch (SyntaxError error) {
            return new Outcome.Rejected<>(error.issue());
        }
    }

    /// Opens a text; fails where its first token cannot be read.
    private interface LexerSource {
        Lexer open();
    }
}
