package dev.trivium.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operations, fragments and selections (GraphQL specification, sections 2.3 to 2.8).
final class ExecutableGrammar {
    private final Tokens tokens;
    private final ValueGrammar values;

    ExecutableGrammar(Tokens tokens) {
        this.tokens = tokens;
        this.values = new ValueGrammar(tokens);
    }

    Document document() {
        List<Definition> definitions = new ArrayList<>();
        do {
            definitions.add(definition());
        } while (!tokens.at(TokenKind.END));
        return new Document(definitions);
    }

    /// The selections of a field set, which needs no braces around it.
    List<Selection> fieldSet() {
        List<Selection> selections =
                tokens.at(TokenKind.BRACE_LEFT) ? selectionSet() : bareSelections();
        if (!tokens.at(TokenKind.END)) {
            throw tokens.unexpected(TokenKind.END.description());
        }
        return selections;
    }

    private List<Selection> bareSelections() {
        List<Selection> selections = new ArrayList<>();
        do {
            selections.add(selection());
        } while (!tokens.at(TokenKind.END));
        return List.copyOf(selections);
    }

    private Definition definition() {
        SourceLocation location = tokens.location();
        if (tokens.at(TokenKind.BRACE_LEFT)) {
            return new Definition.Operation(
                    OperationType.QUERY, null, List.of(), List.of(), selectionSet(), location);
        }
        // A description says nothing to the router.
        tokens.skip(TokenKind.STRING);
        location = tokens.location();
        for (OperationType type : OperationType.values()) {
            if (tokens.skipKeyword(type.keyword())) {
                return operation(type, location);
            }
        }
        if (tokens.skipKeyword("fragment")) {
            return fragment(location);
        }
        throw tokens.unexpected("an operation or a fragment");
    }

    private Definition.Operation operation(OperationType type, SourceLocation location) {
        @Nullable String name = tokens.at(TokenKind.NAME) ? tokens.name() : null;
        List<Definition.VariableDefinition> variables =
                tokens.optionalMany(
                        TokenKind.PARENTHESIS_LEFT,
                        this::variableDefinition,
                        TokenKind.PARENTHESIS_RIGHT);
        return new Definition.Operation(
                type, name, variables, values.directives(), selectionSet(), location);
    }

    private Definition.VariableDefinition variableDefinition() {
        tokens.skip(TokenKind.STRING);
        SourceLocation location = tokens.location();
        tokens.expect(TokenKind.DOLLAR);
        String name = tokens.name();
        tokens.expect(TokenKind.COLON);
        return new Definition.VariableDefinition(
                name, values.type(), values.defaultValue(), values.constantDirectives(), location);
    }

    private Definition.Fragment fragment(SourceLocation location) {
        if (tokens.atKeyword("on")) {
            throw tokens.error("A fragment cannot be named \"on\".");
        }
        String name = tokens.name();
        tokens.expectKeyword("on");
        return new Definition.Fragment(
                name, tokens.name(), values.directives(), selectionSet(), location);
    }

    private List<Selection> selectionSet() {
        return tokens.nested(
                () -> tokens.many(TokenKind.BRACE_LEFT, this::selection, TokenKind.BRACE_RIGHT));
    }

    private Selection selection() {
        return tokens.at(TokenKind.SPREAD) ? fragmentSelection() : field();
    }

    private Selection.Field field() {
        SourceLocation location = tokens.location();
        String first = tokens.name();
        boolean aliased = tokens.skip(TokenKind.COLON);
        return new Selection.Field(
                aliased ? first : null,
                aliased ? tokens.name() : first,
                values.arguments(),
                values.directives(),
                tokens.at(TokenKind.BRACE_LEFT) ? selectionSet() : List.of(),
                location);
    }

    private Selection fragmentSelection() {
        SourceLocation location = tokens.location();
        tokens.expect(TokenKind.SPREAD);
        if (tokens.at(TokenKind.NAME) && !tokens.atKeyword("on")) {
            return new Selection.FragmentSpread(tokens.name(), values.directives(), location);
        }
        @Nullable String typeCondition = tokens.skipKeyword("on") ? tokens.name() : null;
        return new Selection.InlineFragment(
                typeCondition, values.directives(), selectionSet(), location);
    }
}
