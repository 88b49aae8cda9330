package dev.trivium.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The current token, and what every rule of the grammar asks of it.
final class Tokens {
    private final Lexer lexer;
    private int depth;

    Tokens(Lexer lexer) {
        this.lexer = lexer;
    }

    TokenKind kind() {
        return lexer.kind();
    }

    SourceLocation location() {
        return lexer.location();
    }

    boolean at(TokenKind kind) {
        return lexer.kind() == kind;
    }

    boolean atKeyword(String keyword) {
        return at(TokenKind.NAME) && lexer.value().equals(keyword);
    }

    /// Passes the token if it is of this kind.
    boolean skip(TokenKind kind) {
        boolean found = at(kind);
        if (found) {
            lexer.advance();
        }
        return found;
    }

    boolean skipKeyword(String keyword) {
        boolean found = atKeyword(keyword);
        if (found) {
            lexer.advance();
        }
        return found;
    }

    /// Passes a token that must be of this kind, and returns its value.
    String expect(TokenKind kind) {
        if (!at(kind)) {
            throw unexpected(kind.description());
        }
        String value = lexer.value();
        lexer.advance();
        return value;
    }

    void expectKeyword(String keyword) {
        if (!skipKeyword(keyword)) {
            throw unexpected("\"" + keyword + "\"");
        }
    }

    String name() {
        return expect(TokenKind.NAME);
    }

    /// The current token's value, without passing it.
    String peek() {
        return lexer.value();
    }

    SyntaxError error(String message) {
        return lexer.error(message);
    }

    SyntaxError unexpected(String expected) {
        return lexer.error("Expected %s, found %s.".formatted(expected, lexer.found()));
    }

    /// One or more elements between two tokens; none at all where the first token is absent.
    <T> List<T> optionalMany(TokenKind open, Supplier<T> element, TokenKind close) {
        return at(open) ? many(open, element, close) : List.of();
    }

    /// One or more elements between two tokens.
    <T> List<T> many(TokenKind open, Supplier<T> element, TokenKind close) {
        expect(open);
        List<T> elements = new ArrayList<>();
        do {
            elements.add(element.get());
        } while (!skip(close));
        return List.copyOf(elements);
    }

    /// One or more elements with a token between them, which may also stand before the first.
    <T> List<T> separated(TokenKind separator, Supplier<T> element) {
        skip(separator);
        List<T> elements = new ArrayList<>();
        do {
            elements.add(element.get());
        } while (skip(separator));
        return List.copyOf(elements);
    }

    /// Reads something that may contain itself.
    <T> T nested(Supplier<T> element) {
        if (++depth > lexer.limits().maxDepth()) {
            throw new SyntaxError(
                    new Issue(
                            "RECURSION_LIMIT",
                            "The document is nested more than %d levels deep."
                                    .formatted(lexer.limits().maxDepth()),
                            location()));
        }
        T value = element.get();
        depth--;
        return value;
    }
}
