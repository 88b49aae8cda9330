package dev.trivium.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between the router's modules, as ARCHITECTURE.md draws them.
class ArchitectureTest {

    private static final JavaClasses ROUTER =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages(
                            "dev.trivium.language",
                            "dev.trivium.supergraph",
                            "dev.trivium.composition",
                            "dev.trivium.planner",
                            "dev.trivium.execution",
                            "dev.trivium.server");

    /// What each module may know of the project, besides itself.
    private static final Map<String, List<String>> ARROWS =
            Map.of(
                    "language",
                    List.of(),
                    "supergraph",
                    List.of("language"),
                    "composition",
                    List.of("language", "supergraph"),
                    "planner",
                    List.of("language", "supergraph"),
                    "execution",
                    List.of("language", "supergraph", "planner.plan"));

    static Stream<String> modules() {
        return ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void arrowsPointOneWay(String module) {
        // ArchUnit passes silently when a rule names a package that does not exist.
        assertThat(
                        ROUTER.stream()
                                .anyMatch(c -> c.getPackageName().equals("dev.trivium." + module)))
                .isTrue();
        arrow(module, ARROWS.getOrDefault(module, List.of())).check(ROUTER);
    }

    @Test
    void onlyLanguageKnowsGraphqlJava() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.trivium.language..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("graphql..");
        rule.check(ROUTER);
        assertThat(ROUTER.get("dev.trivium.language.ClientSchema").getDirectDependenciesFromSelf())
                .anyMatch(d -> d.getTargetClass().getPackageName().startsWith("graphql"));
    }

    @Test
    void onlyTheServerKnowsSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.trivium.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "java.net..")
                .check(ROUTER);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.trivium.(**)").should().beFreeOfCycles().check(ROUTER);
    }

    /// A rule that does not hold fails: the planner does know the supergraph.
    @Test
    void theRulesBite() {
        assertThatThrownBy(() -> arrow("planner", List.of("language")).check(ROUTER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dev.trivium.supergraph");
    }

    private static ArchRule arrow(String module, List<String> known) {
        String[] allowed =
                Stream.concat(
                                Stream.of("dev.trivium." + module + ".."),
                                known.stream().map(name -> "dev.trivium." + name))
                        .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("dev.trivium." + module + "..")
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideOutsideOfPackage("dev.trivium..")
                                .or(Predicates.resideInAnyPackage(allowed)));
    }
}
