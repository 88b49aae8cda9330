package dev.trivium.language;

import java.util.List;
import java.util.function.Consumer;

/// A text that grows token by token, either laid out for people or with no character that the
/// grammar does not need.
final class Text {
    private final StringBuilder text = new StringBuilder();
    private final boolean compact;
    private int level;

    private Text(boolean compact) {
        this.compact = compact;
    }

    static String laidOut(Consumer<Text> content) {
        return write(new Text(false), content);
    }

    static String compact(Consumer<Text> content) {
        return write(new Text(true), content);
    }

    private static String write(Text target, Consumer<Text> content) {
        content.accept(target);
        return target.text.toString();
    }

    /// Appends a token, or several that need nothing between them.
    Text add(String token) {
        if (compact && !text.isEmpty() && wouldJoin(text.charAt(text.length() - 1), token)) {
            text.append(' ');
        }
        text.append(token);
        return this;
    }

    Text addQuoted(String value) {
        StringBuilder literal = new StringBuilder(value.length() + 2);
        StringLiteral.quote(value, literal);
        return add(literal.toString());
    }

    /// Layout only.
    Text space() {
        return layout(" ");
    }

    /// Layout only: a comma is white space in GraphQL.
    Text comma() {
        return layout(", ");
    }

    /// Layout only: the next token starts a line.
    Text newLine() {
        return layout("\n").layout("  ".repeat(level));
    }

    Text blankLine() {
        return layout("\n").newLine();
    }

    Text indent() {
        level++;
        return this;
    }

    Text unindent() {
        level--;
        return this;
    }

    /// Elements on one line, with commas.
    <T> void list(String open, List<T> elements, Consumer<T> write, String close) {
        add(open);
        boolean first = true;
        for (T element : elements) {
            if (!first) {
                comma();
            }
            first = false;
            write.accept(element);
        }
        add(close);
    }

    /// Elements in braces, each on a line of its own.
    <T> void block(List<T> elements, Consumer<T> write) {
        add("{").indent();
        for (T element : elements) {
            newLine();
            write.accept(element);
        }
        unindent().newLine().add("}");
    }

    /// The number of characters in the line so far.
    int column() {
        return text.length() - text.lastIndexOf("\n") - 1;
    }

    private Text layout(String characters) {
        if (!compact) {
            text.append(characters);
        }
        return this;
    }

    /// Whether the lexer would take a token for a part of what stands before it.
    private static boolean wouldJoin(char before, String token) {
        if (token.isEmpty()) {
            return false;
        }
        char after = token.charAt(0);
        if (isWord(before)) {
            return isWord(after) || (Character.isDigit(before) && (after == '-' || after == '.'));
        }
        return before == '"' && after == '"';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
