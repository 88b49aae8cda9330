package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.SourceLocation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0",
        "2, 2, 14",
        "=2.0.5, 2, 0",
        "v2.9.3, 2, 9",
        "=2.14.4, 2, 14",
        "=0.36.0, 1, 0"
    })
    void readsWhatAComposeFileSays(String text, int major, int minor) {
        assertThat(FederationVersion.parse(text))
                .isEqualTo(new Outcome.Accepted<>(new FederationVersion(major, minor)));
    }

    @ParameterizedTest
    @CsvSource({"=2.15.0", "=3.0.0", "2.3", "=2.3", "=2.3.0-rc", "latest", "''"})
    void rejectsWhatIsNotKnown(String text) {
        if (!(FederationVersion.parse(text)
                instanceof Outcome.Rejected<FederationVersion>(var issues))) {
            throw new AssertionError(text);
        }
        assertThat(issues).extracting(Issue::code).containsExactly("INVALID_FEDERATION_VERSION");
    }

    @Test
    void aVersionThatIsTooNewNamesTheNewest() {
        assertThat(FederationVersion.parse("=2.15.0").toString()).contains("=2.14.x");
    }

    @ParameterizedTest
    @CsvSource({
        "=2.3.0, federation/v2.3, true",
        "=2.3.0, federation/v2.4, false",
        "1, federation/v2.0, false",
        "=2.8.0, cost/v0.1, false",
        "=2.9.0, cost/v0.1, true",
        "=2.9.0, connect/v0.1, false"
    })
    void linksMustNotNeedANewerOne(String version, String link, boolean allowed) {
        if (!(FederationVersion.parse(version)
                instanceof Outcome.Accepted<FederationVersion>(var newest))) {
            throw new AssertionError(version);
        }
        String sdl =
                "extend schema @link(url: \"https://specs.apollo.dev/%s\")\ntype Query { a: Int }"
                        .formatted(link);
        CompositionResult result =
                Composition.compose(
                        List.of(new SubgraphSource("a", "", sdl)), newest, Contract.EVERYTHING);
        if (allowed) {
            assertThat(result).isInstanceOf(CompositionResult.Composed.class);
        } else {
            assertThat(((CompositionResult.Rejected) result).issues())
                    .singleElement()
                    .satisfies(issue -> {
                        assertThat(issue.code()).isEqualTo("UNKNOWN_FEDERATION_LINK_VERSION");
                        assertThat(issue.message()).contains(link);
                        assertThat(issue.locations())
                                .containsExactly(new SourceLocation("a", 1, 15));
                    });
        }
    }
}
