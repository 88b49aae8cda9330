package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which objects of an answer become one object of the tree.
class RepeatedObjectsTest {

    private static final Program PROGRAM =
            OneFetch.program(OneFetch.read("shop"), "{ topProducts { upc name } }");

    private final ResultTree tree = new ResultTree(PROGRAM.types(), 1, 64);

    @Test
    void equalObjectsAreOne() {
        long[] products = read(product("1", "A"), product("22", "B"), product("1", "A"));
        assertThat(products[2]).isEqualTo(products[0]).isNotEqualTo(products[1]);
        assertThat(tree.isShared(Cell.index(products[0]))).isTrue();
        assertThat(tree.isShared(Cell.index(products[1]))).isFalse();
    }

    @Test
    void whatIsWrittenInAnotherWayStaysApart() {
        long[] products =
                read(
                        product("1", "A"),
                        "{\"upc\":\"1\", \"name\":\"A\"}",
                        "{\"name\":\"A\",\"upc\":\"1\"}",
                        "{\"upc\":\"1\",\"name\":\"A\",\"upc\":\"1\"}",
                        "{\"upc\":\"1\",\"name\":\"\\u0041\"}");
        assertThat(products).doesNotHaveDuplicates();
    }

    /// Their starts are equal as far as they are looked at.
    @Test
    void objectsThatDifferAtTheirEndStayApart() {
        String start = "A".repeat(200);
        long[] products = read(product("1", start + "x"), product("1", start + "y"));
        assertThat(products).doesNotHaveDuplicates();
    }

    @Test
    void theShortestDecidesHowMuchIsLookedAt() {
        long[] products = read(product("1", "Table of oak"), product("2", ""), product("2", ""));
        assertThat(products[2]).isEqualTo(products[1]);
    }

    @Test
    void whereNothingRepeatsNothingIsLookedFor() {
        String[] products =
                IntStream.range(0, 500)
                        .mapToObj(i -> product(String.valueOf(i % 499), "N"))
                        .toArray(String[]::new);
        long[] read = read(products);
        assertThat(read).doesNotHaveDuplicates();
    }

    private static String product(String upc, String name) {
        return "{\"upc\":\"" + upc + "\",\"name\":\"" + name + "\"}";
    }

    private long[] read(String... products) {
        String body = "{\"data\":{\"topProducts\":[" + String.join(",", products) + "]}}";
        Shape shape = PROGRAM.fetches().getFirst().shape();
        AnswerReader.Answer answer =
                AnswerReader.read(tree, PROGRAM.types(), body.getBytes(UTF_8), shape);
        int data = Cell.index(Objects.requireNonNull(answer).data());
        int list = Cell.index(tree.at(data, shape.slots[0]));
        return IntStream.range(0, products.length).mapToLong(i -> tree.at(list, i)).toArray();
    }
}
