package dev.trivium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every check of the build bites: one planted violation for each must fail it.
class BuildChecksTest {

    @TempDir Path scratch;

    @Test
    void plantedViolationsFailTheBuild() throws Exception {
        Command build =
                Command.run(
                        scratch,
                        Map.of(),
                        List.of(
                                "./mvnw",
                                "-B",
                                "-fae",
                                "-f",
                                "conformance/src/test/checks/pom.xml",
                                "compile"));

        assertThat(build.exitCode()).isNotZero();
        assertThat(build.output())
                .containsPattern("planted-clean \\.+ SUCCESS")
                .containsPattern("planted-format \\.+ FAILURE")
                // A middle dot for each space, or what the terminal's encoding has instead.
                .containsPattern("final\\Sclass\\SPlanted\\S\\{")
                .containsPattern("planted-error-prone \\.+ FAILURE")
                .contains("[BoxedPrimitiveEquality]")
                .containsPattern("planted-nullness \\.+ FAILURE")
                .contains("[NullAway]")
                .containsPattern("planted-lint \\.+ FAILURE")
                .contains("unchecked cast")
                .containsPattern("planted-dependencies \\.+ FAILURE")
                .containsPattern("org\\.projectlombok:lombok:jar:\\S+ <--- banned");
    }
}
