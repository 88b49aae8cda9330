package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final String SCHEMA =
            """
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@tag"])

            type Query {
              users: [User] @tag(name: "public")
              audit: Audit @tag(name: "internal")
            }

            type User @key(fields: "id") @tag(name: "public") {
              id: ID!
              name: String
              email: String @tag(name: "internal")
              role(verbose: Boolean @tag(name: "internal")): Role
            }

            enum Role @tag(name: "public") {
              MEMBER
              ROOT @tag(name: "internal")
            }

            type Audit {
              lines: [String]
            }
            """;

    @Test
    void excludedElementsGo() {
        assertThat(apiSchema(Set.of(), Set.of("internal")))
                .contains("users", "name", "MEMBER", "role: Role", "type Audit")
                .doesNotContain("email", "ROOT", "audit:", "verbose");
    }

    @Test
    void onlyIncludedElementsStay() {
        assertThat(apiSchema(Set.of("public"), Set.of()))
                .contains("users", "name", "email", "ROOT")
                .doesNotContain("audit", "Audit");
    }

    @Test
    void exclusionBeatsInclusion() {
        assertThat(apiSchema(Set.of("public"), Set.of("internal")))
                .contains("users", "name", "MEMBER")
                .doesNotContain("email", "ROOT", "Audit");
    }

    @Test
    void aContractWithDanglingReferencesIsRejected() {
        CompositionResult contract = contract(Set.of("internal"), Set.of());
        assertThat(contract).isInstanceOf(CompositionResult.Rejected.class);
        assertThat(((CompositionResult.Rejected) contract).issues())
                .extracting(Issue::message)
                .contains("the contract keeps Query.audit, but not its type Audit");
    }

    @Test
    void whatDoesNotComposeHasNoContract() {
        CompositionResult broken = Composition.compose(List.of());
        assertThat(Contract.derive(broken, Set.of("public"), Set.of())).isSameAs(broken);
    }

    private static String apiSchema(Set<String> included, Set<String> excluded) {
        return switch (contract(included, excluded)) {
            case CompositionResult.Composed composed -> composed.apiSchemaSdl();
            case CompositionResult.Rejected(var issues, _) -> throw new AssertionError(issues);
        };
    }

    private static CompositionResult contract(Set<String> included, Set<String> excluded) {
        SubgraphSource source = new SubgraphSource("users", "http://users", SCHEMA);
        return Contract.derive(Composition.compose(List.of(source)), included, excluded);
    }
}
