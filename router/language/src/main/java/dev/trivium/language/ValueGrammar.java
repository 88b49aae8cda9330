package dev.trivium.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What executable and schema documents share: values, types and directives (GraphQL specification,
/// sections 2.9 to 2.13).
final class ValueGrammar {
    private final Tokens tokens;

    ValueGrammar(Tokens tokens) {
        this.tokens = tokens;
    }

    Value value() {
        return value(false);
    }

    /// A value without variables.
    Value constant() {
        return value(true);
    }

    /// `= value`, if there is one.
    @Nullable Value defaultValue() {
        return tokens.skip(TokenKind.EQUALS) ? constant() : null;
    }

    private Value value(boolean constant) {
        return switch (tokens.kind()) {
            case DOLLAR -> variable(constant);
            case INT -> new Value.IntValue(tokens.expect(TokenKind.INT));
            case FLOAT -> new Value.FloatValue(tokens.expect(TokenKind.FLOAT));
            case STRING -> new Value.StringValue(tokens.expect(TokenKind.STRING));
            case NAME -> named(tokens.name());
            case BRACKET_LEFT -> tokens.nested(() -> list(constant));
            case BRACE_LEFT -> tokens.nested(() -> object(constant));
            default -> throw tokens.unexpected("a value");
        };
    }

    private Value variable(boolean constant) {
        if (constant) {
            throw tokens.error("A variable cannot be used here.");
        }
        tokens.expect(TokenKind.DOLLAR);
        return new Value.Variable(tokens.name());
    }

    private static Value named(String name) {
        return switch (name) {
            case "true" -> new Value.BooleanValue(true);
            case "false" -> new Value.BooleanValue(false);
            case "null" -> new Value.NullValue();
            default -> new Value.EnumValue(name);
        };
    }

    private Value list(boolean constant) {
        tokens.expect(TokenKind.BRACKET_LEFT);
        List<Value> elements = new ArrayList<>();
        while (!tokens.skip(TokenKind.BRACKET_RIGHT)) {
            elements.add(value(constant));
        }
        return new Value.ListValue(elements);
    }

    private Value object(boolean constant) {
        tokens.expect(TokenKind.BRACE_LEFT);
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        while (!tokens.skip(TokenKind.BRACE_RIGHT)) {
            if (tokens.at(TokenKind.NAME) && fields.containsKey(tokens.peek())) {
                throw tokens.error("There can be only one input field of this name.");
            }
            String name = tokens.name();
            tokens.expect(TokenKind.COLON);
            fields.put(name, value(constant));
        }
        return new Value.ObjectValue(fields);
    }

    TypeReference type() {
        TypeReference type =
                tokens.at(TokenKind.BRACKET_LEFT)
                        ? tokens.nested(this::listType)
                        : new TypeReference.Named(tokens.name());
        return tokens.skip(TokenKind.BANG) ? new TypeReference.NonNull(type) : type;
    }

    private TypeReference listType() {
        tokens.expect(TokenKind.BRACKET_LEFT);
        TypeReference element = type();
        tokens.expect(TokenKind.BRACKET_RIGHT);
        return new TypeReference.ListOf(element);
    }

    List<Directive> directives() {
        return directives(false);
    }

    /// Directives without variables.
    List<Directive> constantDirectives() {
        return directives(true);
    }

    private List<Directive> directives(boolean constant) {
        if (!tokens.at(TokenKind.AT)) {
            return List.of();
        }
        List<Directive> directives = new ArrayList<>();
        while (tokens.at(TokenKind.AT)) {
            SourceLocation location = tokens.location();
            tokens.expect(TokenKind.AT);
            directives.add(new Directive(tokens.name(), arguments(constant), location));
        }
        return List.copyOf(directives);
    }

    List<Argument> arguments() {
        return arguments(false);
    }

    private List<Argument> arguments(boolean constant) {
        return tokens.optionalMany(
                TokenKind.PARENTHESIS_LEFT, () -> argument(constant), TokenKind.PARENTHESIS_RIGHT);
    }

    private Argument argument(boolean constant) {
        SourceLocation location = tokens.location();
        String name = tokens.name();
        tokens.expect(TokenKind.COLON);
        return new Argument(name, value(constant), location);
    }
}
