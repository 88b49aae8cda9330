package dev.trivium.language;

/// How large an operation's text may be before the parser gives up on it.
///
/// @param maxTokens the most tokens; commas and comments are counted apart, under the same limit
/// @param maxDepth the deepest nesting of selection sets, values and types; every later pass
///   recurses as deep as this
/// @param maxCharacters the longest text, in UTF-16 code units
public record ParserLimits(int maxTokens, int maxDepth, int maxCharacters) {

    /// Beyond what people write, and within what every pass handles in milliseconds.
    public static final ParserLimits DEFAULT = new ParserLimits(15_000, 200, 1_000_000);

    /// For texts of the operator: only the depth is limited, since it is the stack's limit.
    static final ParserLimits TRUSTED =
            new ParserLimits(Integer.MAX_VALUE, DEFAULT.maxDepth, Integer.MAX_VALUE);

    public ParserLimits {
        if (maxTokens < 1 || maxDepth < 1 || maxCharacters < 1) {
            throw new IllegalArgumentException("a limit must be positive");
        }
    }
}
