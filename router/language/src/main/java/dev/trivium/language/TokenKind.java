package dev.trivium.language;

/// The lexical tokens (GraphQL specification, section 2.1.6).
enum TokenKind {
    BANG("\"!\""),
    DOLLAR("\"$\""),
    AMPERSAND("\"&\""),
    PARENTHESIS_LEFT("\"(\""),
    PARENTHESIS_RIGHT("\")\""),
    SPREAD("\"...\""),
    COLON("\":\""),
    EQUALS("\"=\""),
    AT("\"@\""),
    BRACKET_LEFT("\"[\""),
    BRACKET_RIGHT("\"]\""),
    BRACE_LEFT("\"{\""),
    PIPE("\"|\""),
    BRACE_RIGHT("\"}\""),
    NAME("a name"),
    INT("an integer"),
    FLOAT("a number"),
    STRING("a string"),
    END("the end of the text");

    private final String description;

    TokenKind(String description) {
        this.description = description;
    }

    /// For messages, `"!"` or `a name`.
    String description() {
        return description;
    }
}
