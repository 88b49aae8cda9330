package dev.trivium.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Shortens a document whose selection sets repeat.
///
///     {a{x{…long…}} b{x{…long…}}}  ->  {a{x{...F0}} b{x{...F0}}} fragment F0 on X{…long…}
///
/// A selection set becomes a fragment where the document is shorter for it. The text depends on
/// nothing but the text that it is made from.
final class SharedFragments {
    /// Shorter documents are left alone.
    private static final int WORTHWHILE = 120;

    /// `...F0`, and `fragment F0 on {}` with a space before it.
    private static final int SPREAD = 5;

    private static final int DEFINITION = 18;

    /// A selection set of a document.
    ///
    /// @param start the index of its opening brace
    /// @param end the index after its closing brace
    /// @param type the name of the type whose fields it has
    record Span(int start, int end, String type) {}

    private record Key(String type, String inner) {}

    private final String text;
    private final List<Span> spans;
    private final SequencedMap<Key, List<Integer>> found = new LinkedHashMap<>();
    private final SequencedMap<Key, String> names = new LinkedHashMap<>();

    private SharedFragments(String text, List<Span> spans) {
        this.text = text;
        this.spans = spans;
    }

    /// @param text starts with the selection set of the operation
    /// @param spans of the text, those that start first before the others
    static String in(String text, List<Span> spans) {
        return text.length() < WORTHWHILE ? text : new SharedFragments(text, spans).shorten();
    }

    private String shorten() {
        count();
        found.forEach((key, at) -> {
            int inner = key.inner().length();
            int saved = (at.size() - 1) * inner;
            if (saved > at.size() * SPREAD + DEFINITION + key.type().length()) {
                names.put(key, "F" + names.size());
            }
        });
        if (names.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        copy(0, text.length(), 0, out);
        names.forEach((key, name) -> {
            int first = found.getOrDefault(key, List.of()).getFirst();
            Span span = spans.get(first);
            out.append(" fragment ").append(name).append(" on ").append(key.type()).append('{');
            copy(span.start() + 1, span.end() - 1, first + 1, out);
            out.append('}');
        });
        return out.toString();
    }

    /// What stands within a repeated selection set counts once.
    private void count() {
        int index = 0;
        while (index < spans.size()) {
            List<Integer> same = found.computeIfAbsent(key(index), _ -> new ArrayList<>());
            same.add(index);
            index = same.size() > 1 ? after(index) : index + 1;
        }
    }

    private Key key(int index) {
        Span span = spans.get(index);
        return new Key(span.type(), text.substring(span.start() + 1, span.end() - 1));
    }

    /// The first span behind one.
    private int after(int index) {
        int end = spans.get(index).end();
        int next = index + 1;
        while (next < spans.size() && spans.get(next).start() < end) {
            next++;
        }
        return next;
    }

    /// Copies a part of the text, with fragments in the place of what they stand for.
    ///
    /// @param index of the first span in the part
    private void copy(int from, int to, int index, StringBuilder out) {
        int at = from;
        int next = index;
        while (next < spans.size() && spans.get(next).start() < to) {
            String name = names.get(key(next));
            if (name == null) {
                next++;
            } else {
                Span span = spans.get(next);
                out.append(text, at, span.start()).append("{...").append(name).append('}');
                at = span.end();
                next = after(next);
            }
        }
        out.append(text, at, to);
    }
}
