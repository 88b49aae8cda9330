package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private final Cursors cursors = new Cursors("numbers");

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
    void aPageHasOneToOneHundredItems(@Nullable Integer first) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PageRequest.of(first, null, cursors))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("first"));
    }

    @Test
    void pagesFollowEachOtherToTheEnd() {
        assertThat(numbers(page(2, null)).edges()).extracting("node").containsExactly(1, 2);
        String second = endOf(numbers(page(2, null)));
        assertThat(numbers(page(2, second)).edges()).extracting("node").containsExactly(3, 4);
        assertThat(numbers(page(2, second)).pageInfo().hasNextPage()).isTrue();
        Connection<Integer> last = numbers(page(2, endOf(numbers(page(2, second)))));
        assertThat(last.edges()).extracting("node").containsExactly(5);
        assertThat(last.pageInfo().hasNextPage()).isFalse();
    }

    @Test
    void anEmptyPageHasNoEnd() {
        Connection<Integer> empty =
                Connection.of(List.<Integer>of(), page(1, null), cursors, PageTest::position);
        assertThat(empty).isEqualTo(Connection.<Integer>empty());
        assertThat(empty.pageInfo().endCursor()).isNull();
    }

    @Test
    void mappingKeepsTheCursors() {
        Connection<Integer> numbers = numbers(page(5, null));
        Connection<String> texts = numbers.map(number -> "no. " + number);
        assertThat(texts.edges().getLast().node()).isEqualTo("no. 5");
        assertThat(texts.edges().getLast().cursor()).isEqualTo(endOf(numbers));
    }

    private PageRequest page(int first, @Nullable String after) {
        return PageRequest.of(first, after, cursors);
    }

    /// The numbers 1 to 5, as a store would find them.
    private Connection<Integer> numbers(PageRequest page) {
        Position after = page.after();
        long start = after == null ? 0 : after.at().toEpochMilli();
        List<Integer> found =
                IntStream.rangeClosed(1, 5)
                        .filter(number -> number > start)
                        .limit(page.lookahead())
                        .boxed()
                        .toList();
        return Connection.of(found, page, cursors, PageTest::position);
    }

    private static String endOf(Connection<?> connection) {
        return String.valueOf(connection.pageInfo().endCursor());
    }

    private static Position position(int number) {
        return new Position(Instant.ofEpochMilli(number), "id" + number);
    }
}
