package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

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

    private static String apiSchema(Set<String> included, Set<String> excluded) {
        Document contract = Contract.apply(supergraph(), included, excluded);
        return switch (SupergraphReader.read(Printer.print(contract))) {
            case Outcome.Accepted<Supergraph>(var read) -> Printer.print(ApiSchema.of(read));
            case Outcome.Rejected<Supergraph>(var issues) -> throw new AssertionError(issues);
        };
    }

    private static Document supergraph() {
        SubgraphSource source = new SubgraphSource("users", "http://users", SCHEMA);
        if (Composition.compose(List.of(source))
                        instanceof CompositionResult.Composed(var sdl, _, _)
                && Parser.parseSchema(sdl, null)
                        instanceof Outcome.Accepted<Document>(var parsed)) {
            return parsed;
        }
        throw new AssertionError("does not compose");
    }
}
