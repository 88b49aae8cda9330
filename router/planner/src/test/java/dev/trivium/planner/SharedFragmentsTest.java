package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.planner.SharedFragments.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedFragmentsTest {
    private static final String LONG = "alpha beta gamma delta epsilon zeta eta theta iota kappa";

    @Test
    void whatRepeatsIsWrittenOnce() {
        assertThat(shortened("{a{%s} b{%s} c{%s}}".formatted(LONG, LONG, LONG)))
                .isEqualTo("{a{...F0} b{...F0} c{...F0}} fragment F0 on T{" + LONG + "}");
    }

    @Test
    void whatRepeatsWithinWhatRepeatsIsNoFragmentOfItsOwn() {
        String inner = "x{" + LONG + "}";
        assertThat(shortened("{a{%s} b{%s}}".formatted(inner, inner)))
                .isEqualTo("{a{...F0} b{...F0}} fragment F0 on T{" + inner + "}");
    }

    @Test
    void fragmentsHoldFragments() {
        String inner = "x{" + LONG + "}";
        assertThat(shortened("{a{%s y{%s}} b{%s y{%s}}}".formatted(inner, LONG, inner, LONG)))
                .isEqualTo(
                        "{a{...F0} b{...F0}} fragment F0 on T{x{...F1} y{...F1}}"
                                + " fragment F1 on T{"
                                + LONG
                                + "}");
    }

    @Test
    void shortDocumentsAndDifferentSelectionsStayAsTheyAre() {
        assertThat(shortened("{a{b c} d{b c}}")).isEqualTo("{a{b c} d{b c}}");
        String different = "{a{%s} b{%s lambda}}".formatted(LONG, LONG);
        assertThat(shortened(different)).isEqualTo(different);
    }

    /// All selection sets below the first are of the type `T`.
    private static String shortened(String text) {
        List<Span> spans = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                open.push(i);
            } else if (text.charAt(i) == '}') {
                int start = open.pop();
                spans.add(new Span(start, i + 1, open.isEmpty() ? "Query" : "T"));
            }
        }
        spans.sort(Comparator.comparingInt(Span::start));
        return SharedFragments.in(text, spans);
    }
}
