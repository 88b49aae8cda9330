package dev.trivium.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.supergraph.Supergraph;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NormalizerTest {
    private static final Supergraph MEDIA =
            new PlanCase(Path.of("src/test/resources/cases/media-interface")).supergraph();

    /// @param same another way to write the operation
    private record Same(String what, String operation, String same) {}

    @TestFactory
    Stream<DynamicTest> operationsThatMeanTheSameAreEqual() {
        return Stream.of(
                        new Same(
                                "a fragment and its fields",
                                "{ items { ...F } } fragment F on Media { id title }",
                                "{ items { id title } }"),
                        new Same(
                                "a field twice",
                                "{ items { id } items { title id } }",
                                "{ items { id title } }"),
                        new Same(
                                "an impossible fragment",
                                "{ items { id ... on Song { seconds } } }",
                                "{ items { id } }"),
                        new Same(
                                "constant conditions",
                                "{ items @include(if: true) { id title @skip(if: true) } }",
                                "{ items { id } }"),
                        new Same(
                                "a condition that holds anyway",
                                "query($a: Boolean!) { items @include(if: $a) { id @include(if: $a) } }",
                                "query($a: Boolean!) { items @include(if: $a) { id } }"),
                        new Same(
                                "conditions that contradict each other",
                                "query($a: Boolean!) { found @skip(if: $a) @include(if: $a) { __typename } items { id } }",
                                "query($a: Boolean!) { items { id } }"),
                        new Same(
                                "the order of conditions",
                                "query($a: Boolean!, $b: Boolean!) { items @include(if: $b) @skip(if: $a) { id } }",
                                "query($a: Boolean!, $b: Boolean!) { items @skip(if: $a) @include(if: $b) { id } }"),
                        new Same(
                                "types that are left of nested conditions",
                                "{ found { ... on Media { ... on Book { pages } } } }",
                                "{ found { ... on Book { pages } } }"),
                        new Same(
                                "names of operations",
                                "query A { items { id } }",
                                "{ items { id } }"))
                .map(it ->
                        DynamicTest.dynamicTest(
                                it.what(),
                                () -> {
                                    NormalizedOperation one = normalize(it.operation());
                                    NormalizedOperation other = normalize(it.same());
                                    assertThat(one).isEqualTo(other);
                                    assertThat(one).hasSameHashCodeAs(other);
                                    assertThat(one.fields()).isEqualTo(other.fields());
                                }));
    }

    @Test
    void argumentsAliasesAndVariablesTellOperationsApart() {
        Stream.of(
                        "{ items { a: id } }",
                        "{ items { id title } }",
                        "query($a: Int) { items { id } }",
                        "query($a: Int = 1) { items { id } }")
                .forEach(it ->
                        assertThat(normalize(it)).isNotEqualTo(normalize("{ items { id } }")));
    }

    @Test
    void fragmentsThatGrowExponentiallyAreRejectedAtOnce() {
        StringBuilder text = new StringBuilder("{ items { ...F0 } }");
        for (int i = 0; i < 30; i++) {
            text.append(" fragment F%d on Media { ...F%d ...F%d }".formatted(i, i + 1, i + 1));
        }
        text.append(" fragment F30 on Media { id }");
        var document = PlanCase.parse(text.toString());
        long start = System.nanoTime();
        Outcome<NormalizedOperation> outcome = Normalizer.normalize(document, null, MEDIA);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(50));
        assertThat(codes(outcome)).containsExactly(Normalizer.TOO_COMPLEX);
    }

    @Test
    void fragmentsThatNestTooDeepAreRejected() {
        StringBuilder text = new StringBuilder("{ items { author { ...F0 } } }");
        for (int i = 0; i < 500; i++) {
            text.append(
                    " fragment F%d on Person { works { ... on Book { author { ...F%d } } } }"
                            .formatted(i, i + 1));
        }
        text.append(" fragment F500 on Person { id }");
        var document = PlanCase.parse(text.toString());
        assertThat(codes(Normalizer.normalize(document, null, MEDIA)))
                .containsExactly(Normalizer.TOO_COMPLEX);
    }

    @Test
    void anOperationIsChosenByName() {
        var document = PlanCase.parse("query A { items { id } } query B { found { __typename } }");
        assertThat(PlanCase.value(Normalizer.normalize(document, "B", MEDIA)))
                .isEqualTo(normalize("{ found { __typename } }"));
        assertThat(codes(Normalizer.normalize(document, null, MEDIA)))
                .containsExactly(Normalizer.UNKNOWN_OPERATION);
        assertThat(codes(Normalizer.normalize(document, "C", MEDIA)))
                .containsExactly(Normalizer.UNKNOWN_OPERATION);
    }

    private static NormalizedOperation normalize(String operation) {
        return PlanCase.value(Normalizer.normalize(PlanCase.parse(operation), null, MEDIA));
    }

    static List<String> codes(Outcome<?> outcome) {
        return outcome instanceof Rejected<?>(var issues)
                ? issues.stream().map(Issue::code).toList()
                : List.of();
    }
}
