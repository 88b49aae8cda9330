package dev.trivium.server.persisted;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The GraphQL texts inside the sources of a program, where editors and client libraries expect
/// them.
///
/// | sources | a text is |
/// |---|---|
/// | JavaScript, TypeScript | a template after `gql`, `graphql` or `/* GraphQL */`, or one that begins with `#graphql` |
/// | Kotlin, Java, Swift | a string in `"""` after `/* GraphQL */`, or one that begins with `#graphql` |
///
/// What a template interpolates is left out: fragments are found by their names.
final class EmbeddedDocuments {
    private static final Pattern TEMPLATE =
            Pattern.compile(
                    "(?:(?:\\b(?:gql|graphql)|/\\*\\s*GraphQL\\s*\\*/)\\s*(?:<[^`>]*+>)?\\(?\\s*`|`(?=\\s*#graphql\\b))((?:[^`\\\\]++|\\\\.)*+)`",
                    Pattern.DOTALL);
    private static final Pattern INTERPOLATION = Pattern.compile("\\$\\{[^}]*+}");
    private static final Pattern MARKED = Pattern.compile("/\\*\\s*GraphQL\\s*\\*/\\s*$");
    private static final Pattern BEGINS_MARKED = Pattern.compile("^\\s*#graphql\\b");

    /// How Kotlin writes a dollar sign into such a string.
    private static final String KOTLIN_DOLLAR = "${'$'}";

    private static final String QUOTES = "\"\"\"";
    private static final int LONGEST_MARK = 40;

    private EmbeddedDocuments() {}

    static List<SourceText> inTemplates(String file, String source) {
        var texts = new ArrayList<SourceText>();
        var templates = TEMPLATE.matcher(source);
        while (templates.find()) {
            var text =
                    INTERPOLATION
                            .matcher(templates.group(1))
                            .replaceAll(match -> match.group().replaceAll("[^\\r\\n]", " "));
            texts.add(located(file, source, templates.start(1), text));
        }
        return texts;
    }

    static List<SourceText> inTextBlocks(String file, String source) {
        var texts = new ArrayList<SourceText>();
        int from = source.indexOf(QUOTES);
        while (from >= 0) {
            int start = from + QUOTES.length();
            int end = source.indexOf(QUOTES, start);
            if (end < 0) {
                break;
            }
            var text = source.substring(start, end);
            var before = source.substring(Math.max(0, from - LONGEST_MARK), from);
            if (MARKED.matcher(before).find() || BEGINS_MARKED.matcher(text).find()) {
                texts.add(located(file, source, start, text.replace(KOTLIN_DOLLAR, "     $")));
            }
            from = source.indexOf(QUOTES, end + QUOTES.length());
        }
        return texts;
    }

    private static SourceText located(String file, String source, int start, String text) {
        var before = source.substring(0, start);
        int line = 1 + (int) before.chars().filter(it -> it == '\n').count();
        int column = start - before.lastIndexOf('\n');
        return new SourceText(file, line, column, text);
    }
}
