package dev.trivium.language;

import java.util.regex.Pattern;

/// The messages of graphql-java's validation, made fit for clients.
final class RuleMessage {
    /// A name in a message may be as long as the document, and there may be 100 messages.
    private static final int MAX_LENGTH = 300;

    private static final Pattern RULE = Pattern.compile("^Validation [Ee]rror \\([^)]*\\) ?: ");

    /// `with value 'ObjectValue{…}'`: graphql-java's own notation for what the client wrote.
    private static final Pattern VALUE =
            Pattern.compile(
                    "(?: with value| -)? '(?:[A-Za-z]+Value|VariableReference)\\{.*?\\}'(?= |$)",
                    Pattern.DOTALL);

    private RuleMessage() {}

    static String of(String message) {
        String sentence = VALUE.matcher(RULE.matcher(message).replaceFirst("")).replaceAll("");
        return sentence.length() <= MAX_LENGTH ? sentence : sentence.substring(0, MAX_LENGTH) + "…";
    }
}
