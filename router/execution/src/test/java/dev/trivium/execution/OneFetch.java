package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.planner.plan.QueryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An operation that one subgraph answers alone.
final class OneFetch {

    static final Document SOCIAL = read("social");

    private OneFetch() {}

    static Document read(String schema) {
        try {
            return TestSchema.parse(
                    Files.readString(Path.of("src/test/resources/schemas/" + schema + ".graphql")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Program program(Document schema, String text) {
        return program(schema, text, ErrorPolicy.DEFAULT);
    }

    static Program program(Document schema, String text, ErrorPolicy errors) {
        Document operation = TestSchema.operation(text);
        Definition.Operation definition =
                operation.definitions(Definition.Operation.class).getFirst();
        QueryPlan plan =
                new QueryPlan(
                        definition.type(),
                        definition.type().defaultTypeName(),
                        definition.variables(),
                        List.of(PlanText.fetch(0, List.of("one"), List.of("fetch one", text))),
                        OutputFields.of(schema, operation),
                        null);
        return Program.compile(plan, TestSchema.supergraph(schema, List.of("one")), errors);
    }

    /// The response to an operation on the social schema.
    static String respond(String operation, Reply reply) {
        return respond(program(SOCIAL, operation), "", reply);
    }

    static String respond(Program program, String variables, Reply reply) {
        FakeSubgraphs fake = new FakeSubgraphs(_ -> reply);
        CollectingSink sink = new CollectingSink();
        Execution.start(
                program,
                RequestInput.of(variables.getBytes(UTF_8)),
                fake,
                (_, _, _) -> {
                    throw new AssertionError("no introspection here");
                },
                sink);
        fake.answerAll(false);
        return sink.text();
    }
}
