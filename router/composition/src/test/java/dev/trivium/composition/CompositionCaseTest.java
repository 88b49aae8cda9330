package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Composes every written case and compares all errors and hints with the expected ones.
class CompositionCaseTest {

    static List<CompositionCase> cases() {
        return CompositionCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsExactlyWhatIsExpected(CompositionCase expected) {
        CompositionResult result = Composition.compose(expected.sources());
        List<Issue> errors =
                result instanceof CompositionResult.Rejected rejected
                        ? rejected.issues()
                        : List.of();
        assertMatch(errors, expected.errors());
        assertMatch(result.hints(), expected.hints());
    }

    private static void assertMatch(List<Issue> issues, List<CompositionCase.Expected> expected) {
        for (CompositionCase.Expected each : expected) {
            assertThat(issues).as("an issue like %s", each).anyMatch(issue -> matches(issue, each));
        }
        for (Issue issue : issues) {
            assertThat(expected)
                    .as("an expectation for %s", issue)
                    .anyMatch(each -> matches(issue, each));
        }
    }

    private static boolean matches(Issue issue, CompositionCase.Expected expected) {
        return issue.code().equals(expected.code())
                && issue.message().contains(expected.messageContains());
    }
}
