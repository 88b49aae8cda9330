package dev.trivium.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Type system definitions and extensions (GraphQL specification, section 3).
final class SchemaGrammar {
    private final Tokens tokens;
    private final ValueGrammar values;

    SchemaGrammar(Tokens tokens) {
        this.tokens = tokens;
        this.values = new ValueGrammar(tokens);
    }

    /// A document; an empty text is one, too.
    Document document() {
        List<Definition> definitions = new ArrayList<>();
        while (!tokens.at(TokenKind.END)) {
            definitions.add(definition());
        }
        return new Document(definitions);
    }

    private Definition definition() {
        SourceLocation location = tokens.location();
        @Nullable String description = description();
        boolean extension = description == null && tokens.skipKeyword("extend");
        if (!tokens.at(TokenKind.NAME)) {
            throw tokens.unexpected("a definition");
        }
        Head head = new Head(extension, description, location);
        return switch (tokens.peek()) {
            case "schema" -> schema(head);
            case "scalar" -> scalar(head);
            case "type" -> objectType(head);
            case "interface" -> interfaceType(head);
            case "union" -> union(head);
            case "enum" -> enumType(head);
            case "input" -> inputObject(head);
            case "directive" -> directiveType(head);
            default -> throw tokens.unexpected("a definition");
        };
    }

    /// What stands before the keyword of a definition.
    private record Head(boolean extension, @Nullable String description, SourceLocation location) {}

    private @Nullable String description() {
        return tokens.at(TokenKind.STRING) ? tokens.expect(TokenKind.STRING) : null;
    }

    private Definition.Schema schema(Head head) {
        tokens.expectKeyword("schema");
        List<Directive> directives = values.constantDirectives();
        List<Definition.RootType> rootTypes =
                head.extension()
                        ? tokens.optionalMany(
                                TokenKind.BRACE_LEFT, this::rootType, TokenKind.BRACE_RIGHT)
                        : tokens.many(TokenKind.BRACE_LEFT, this::rootType, TokenKind.BRACE_RIGHT);
        requireContent(head, directives, rootTypes);
        return new Definition.Schema(
                head.extension(), head.description(), directives, rootTypes, head.location());
    }

    private Definition.RootType rootType() {
        SourceLocation location = tokens.location();
        for (OperationType operation : OperationType.values()) {
            if (tokens.skipKeyword(operation.keyword())) {
                tokens.expect(TokenKind.COLON);
                return new Definition.RootType(operation, tokens.name(), location);
            }
        }
        throw tokens.unexpected("\"query\", \"mutation\" or \"subscription\"");
    }

    private Definition.ScalarType scalar(Head head) {
        tokens.expectKeyword("scalar");
        String name = tokens.name();
        List<Directive> directives = values.constantDirectives();
        requireContent(head, directives);
        return new Definition.ScalarType(
                head.extension(), head.description(), name, directives, head.location());
    }

    private Definition.ObjectType objectType(Head head) {
        tokens.expectKeyword("type");
        String name = tokens.name();
        List<String> interfaces = interfaces();
        List<Directive> directives = values.constantDirectives();
        List<Definition.FieldDefinition> fields = fields();
        requireContent(head, interfaces, directives, fields);
        return new Definition.ObjectType(
                head.extension(),
                head.description(),
                name,
                interfaces,
                directives,
                fields,
                head.location());
    }

    private Definition.InterfaceType interfaceType(Head head) {
        tokens.expectKeyword("interface");
        String name = tokens.name();
        List<String> interfaces = interfaces();
        List<Directive> directives = values.constantDirectives();
        List<Definition.FieldDefinition> fields = fields();
        requireContent(head, interfaces, directives, fields);
        return new Definition.InterfaceType(
                head.extension(),
                head.description(),
                name,
                interfaces,
                directives,
                fields,
                head.location());
    }

    private Definition.UnionType union(Head head) {
        tokens.expectKeyword("union");
        String name = tokens.name();
        List<Directive> directives = values.constantDirectives();
        List<String> members =
                tokens.skip(TokenKind.EQUALS)
                        ? tokens.separated(TokenKind.PIPE, tokens::name)
                        : List.of();
        requireContent(head, directives, members);
        return new Definition.UnionType(
                head.extension(), head.description(), name, directives, members, head.location());
    }

    private Definition.EnumType enumType(Head head) {
        tokens.expectKeyword("enum");
        String name = tokens.name();
        List<Directive> directives = values.constantDirectives();
        List<Definition.EnumValue> enumValues =
                tokens.optionalMany(TokenKind.BRACE_LEFT, this::enumValue, TokenKind.BRACE_RIGHT);
        requireContent(head, directives, enumValues);
        return new Definition.EnumType(
                head.extension(),
                head.description(),
                name,
                directives,
                enumValues,
                head.location());
    }

    private Definition.EnumValue enumValue() {
        SourceLocation location = tokens.location();
        @Nullable String description = description();
        if (tokens.atKeyword("true") || tokens.atKeyword("false") || tokens.atKeyword("null")) {
            throw tokens.unexpected("an enum value");
        }
        return new Definition.EnumValue(
                description, tokens.name(), values.constantDirectives(), location);
    }

    private Definition.InputObjectType inputObject(Head head) {
        tokens.expectKeyword("input");
        String name = tokens.name();
        List<Directive> directives = values.constantDirectives();
        List<Definition.InputValue> fields =
                tokens.optionalMany(TokenKind.BRACE_LEFT, this::inputValue, TokenKind.BRACE_RIGHT);
        requireContent(head, directives, fields);
        return new Definition.InputObjectType(
                head.extension(), head.description(), name, directives, fields, head.location());
    }

    private Definition.DirectiveType directiveType(Head head) {
        if (head.extension()) {
            throw tokens.error("A directive definition cannot be extended.");
        }
        tokens.expectKeyword("directive");
        tokens.expect(TokenKind.AT);
        String name = tokens.name();
        List<Definition.InputValue> arguments = argumentDefinitions();
        boolean repeatable = tokens.skipKeyword("repeatable");
        tokens.expectKeyword("on");
        List<String> locations = tokens.separated(TokenKind.PIPE, this::directiveLocation);
        return new Definition.DirectiveType(
                head.description(), name, arguments, repeatable, locations, head.location());
    }

    private String directiveLocation() {
        if (!DirectiveLocations.exists(tokens.peek())) {
            throw tokens.unexpected("a directive location");
        }
        return tokens.name();
    }

    private List<String> interfaces() {
        return tokens.skipKeyword("implements")
                ? tokens.separated(TokenKind.AMPERSAND, tokens::name)
                : List.of();
    }

    private List<Definition.FieldDefinition> fields() {
        return tokens.optionalMany(
                TokenKind.BRACE_LEFT, this::fieldDefinition, TokenKind.BRACE_RIGHT);
    }

    private Definition.FieldDefinition fieldDefinition() {
        SourceLocation location = tokens.location();
        @Nullable String description = description();
        String name = tokens.name();
        List<Definition.InputValue> arguments = argumentDefinitions();
        tokens.expect(TokenKind.COLON);
        return new Definition.FieldDefinition(
                description, name, arguments, values.type(), values.constantDirectives(), location);
    }

    private List<Definition.InputValue> argumentDefinitions() {
        return tokens.optionalMany(
                TokenKind.PARENTHESIS_LEFT, this::inputValue, TokenKind.PARENTHESIS_RIGHT);
    }

    private Definition.InputValue inputValue() {
        SourceLocation location = tokens.location();
        @Nullable String description = description();
        String name = tokens.name();
        tokens.expect(TokenKind.COLON);
        return new Definition.InputValue(
                description,
                name,
                values.type(),
                values.defaultValue(),
                values.constantDirectives(),
                location);
    }

    /// An extension must extend something.
    private void requireContent(Head head, List<?>... parts) {
        if (head.extension()) {
            for (List<?> part : parts) {
                if (!part.isEmpty()) {
                    return;
                }
            }
            throw tokens.unexpected("something that the extension adds");
        }
    }
}
