package dev.trivium.auth;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.trivium.auth.planted.adapter.PlantedCycle;
import dev.trivium.auth.planted.domain.PlantedDependency;
import org.junit.jupiter.api.Test;

/// The arrows inside the service. Each rule is proved to bite by a class that breaks it on purpose.
class ArchitectureTest {
    private static final ArchRule DOMAIN_KNOWS_NO_FRAMEWORK =
            classes()
                    .that()
                    .resideInAPackage("..domain..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "..domain..");

    private static final ArchRule NO_CYCLES =
            slices().matching("dev.trivium.auth.(**)").should().beFreeOfCycles();

    private final JavaClasses production =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.trivium.auth");

    @Test
    void theDomainKnowsNoFramework() {
        DOMAIN_KNOWS_NO_FRAMEWORK.check(production);
    }

    @Test
    void packagesFormNoCycle() {
        NO_CYCLES.check(production);
    }

    @Test
    void theRulesBite() {
        JavaClasses planted =
                new ClassFileImporter().importClasses(PlantedDependency.class, PlantedCycle.class);
        assertThat(DOMAIN_KNOWS_NO_FRAMEWORK.evaluate(planted).hasViolation()).isTrue();
        assertThat(NO_CYCLES.evaluate(planted).hasViolation()).isTrue();
    }

    @Test
    void theProductionClassesWereFound() {
        assertThat(production.that(alwaysTrue())).hasSizeGreaterThan(20);
    }
}
