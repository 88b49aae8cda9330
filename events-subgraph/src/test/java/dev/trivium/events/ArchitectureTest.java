package dev.trivium.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] WHAT_A_DOMAIN_MAY_KNOW = {
        "java..", "org.jspecify..", "dev.trivium.events.domain"
    };

    @Test
    void theDomainKnowsNoFramework() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.trivium.events");
        rule("dev.trivium.events.domain").check(classes);
    }

    @Test
    void theRuleBites() {
        JavaClasses classes = new ClassFileImporter().importPackages("dev.trivium.events.adapter");
        EvaluationResult result = rule("dev.trivium.events.adapter").evaluate(classes);
        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("org.springframework"));
    }

    private static ArchRule rule(String domain) {
        return classes()
                .that()
                .resideInAPackage(domain)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(WHAT_A_DOMAIN_MAY_KNOW);
    }
}
