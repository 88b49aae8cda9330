package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.QueryPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Runs the files of `cases`: an operation, its fetches, what the subgraphs answer, and what the
/// client gets. A section starts with a line `== name`; the sections are `schema` (the name of a
/// file), `operation`, `variables`, `introspection`, `fetch`, and after a fetch its `request` (the
/// variables; left out where they do not matter; `none` where nothing is sent) and `answer` (with a
/// status, or the name of a failure), and at last `response`.
class ExecutionCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src/test/resources");

    @TestFactory
    Stream<DynamicTest> everyCase() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("cases"))) {
            return files.sorted(Comparator.naturalOrder()).toList().stream()
                    .flatMap(file ->
                            Stream.of(true, false).map(newestFirst -> test(file, newestFirst)));
        }
    }

    private static DynamicTest test(Path file, boolean newestFirst) {
        String order = newestFirst ? " (newest request answered first)" : "";
        return DynamicTest.dynamicTest(
                file.getFileName() + order, () -> new Case(file).run(newestFirst));
    }

    /// What a fetch asks for and gets.
    private static final class Exchange {
        final Fetch fetch;
        @Nullable String variables;
        Reply reply = new Reply.Answer("{}");

        Exchange(Fetch fetch) {
            this.fetch = fetch;
        }
    }

    private static final class Case {
        private final List<String> subgraphs;
        private final Document schema;
        private final Document operation;
        private final List<Exchange> exchanges = new ArrayList<>();
        private String variables = "";
        private @Nullable String introspection;
        private String introspected = "{}";
        private String response = "";

        Case(Path file) throws IOException {
            List<Map.Entry<String, String>> sections = sections(Files.readAllLines(file));
            subgraphs = new ArrayList<>();
            for (Map.Entry<String, String> section : sections) {
                String[] head = section.getKey().split(" ", -1);
                if (head[0].equals("fetch") && !subgraphs.contains(head[1])) {
                    subgraphs.add(head[1]);
                }
            }
            schema =
                    TestSchema.parse(
                            Files.readString(
                                    RESOURCES.resolve(
                                            "schemas/" + text(sections, "schema") + ".graphql")));
            operation = TestSchema.operation(text(sections, "operation"));
            sections.forEach(section -> read(section.getKey(), section.getValue()));
        }

        private static String text(List<Map.Entry<String, String>> sections, String name) {
            return sections.stream()
                    .filter(section -> section.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .findAny()
                    .orElseThrow()
                    .strip();
        }

        private void read(String head, String text) {
            switch (head.split(" ", -1)[0]) {
                case "variables" -> variables = text;
                case "introspection" -> introspection = text.strip();
                case "introspected" -> introspected = text;
                case "fetch" -> {
                    List<String> lines = new ArrayList<>(List.of(head));
                    lines.addAll(text.lines().toList());
                    exchanges.add(new Exchange(PlanText.fetch(exchanges.size(), subgraphs, lines)));
                }
                case "request" -> exchanges.getLast().variables = text.strip();
                case "answer" -> exchanges.getLast().reply = reply(head, text);
                case "response" -> response = text;
                case "schema", "operation" -> {}
                default -> throw new AssertionError(head);
            }
        }

        private static Reply reply(String head, String text) {
            String[] words = head.split(" ", -1);
            if (words.length == 1) {
                return new Reply.Answer(text);
            }
            if (Character.isDigit(words[1].charAt(0))) {
                return new Reply.Answer(Integer.parseInt(words[1]), text.strip().getBytes(UTF_8));
            }
            return new Reply.NoAnswer(new Failure(Failure.Kind.valueOf(words[1]), text.strip()));
        }

        void run(boolean newestFirst) {
            Definition.Operation definition =
                    operation.definitions(Definition.Operation.class).getFirst();
            QueryPlan plan =
                    new QueryPlan(
                            definition.type(),
                            definition.type().defaultTypeName(),
                            definition.variables(),
                            exchanges.stream().map(exchange -> exchange.fetch).toList(),
                            OutputFields.of(schema, operation),
                            introspection);
            Program program = Program.compile(plan, TestSchema.supergraph(schema, subgraphs));
            FakeSubgraphs fake = new FakeSubgraphs(request -> exchange(request.body()).reply);
            CollectingSink sink = new CollectingSink();
            List<ResponseSink> asked = new ArrayList<>();
            Execution.start(
                    program,
                    RequestInput.of(variables.strip().getBytes(UTF_8)),
                    fake,
                    (text, _, answer) -> {
                        assertThat(text).isEqualTo(introspection);
                        asked.add(answer);
                        return () -> {};
                    },
                    sink);
            asked.forEach(answer -> answer.answered(200, introspected.getBytes(UTF_8)));
            fake.answerAll(newestFirst);
            assertThat(pretty(sink.text())).isEqualTo(pretty(response));
            assertThat(sink.only().result()).isEqualTo(result(JSON.readTree(response)));
            checkRequests(fake);
        }

        private static ClientSink.Result result(JsonNode response) {
            if (!response.has("data")) {
                return ClientSink.Result.REFUSED;
            }
            return response.has("errors") ? ClientSink.Result.PARTIAL : ClientSink.Result.COMPLETE;
        }

        private void checkRequests(FakeSubgraphs fake) {
            Map<Integer, String> sent = new LinkedHashMap<>();
            for (SubgraphClient.SubgraphRequest request : fake.requests) {
                Exchange exchange = exchange(request.body());
                assertThat(request.subgraph()).isEqualTo(exchange.fetch.subgraph());
                JsonNode variables = JSON.readTree(request.body()).path("variables");
                String before =
                        sent.put(
                                exchange.fetch.id(),
                                variables.isMissingNode() ? "{}" : variables.toString());
                assertThat(before).as("sent before").isNull();
            }
            for (Exchange exchange : exchanges) {
                String expected = exchange.variables;
                String actual = sent.get(exchange.fetch.id());
                if (expected == null) {
                    assertThat(actual).as("request %s", exchange.fetch.id()).isNotNull();
                } else if (expected.equals("none")) {
                    assertThat(actual).as("request %s", exchange.fetch.id()).isNull();
                } else {
                    assertThat(actual == null ? "none" : pretty(actual))
                            .as("variables of %s", exchange.fetch.id())
                            .isEqualTo(pretty(expected));
                }
            }
        }

        private Exchange exchange(byte[] body) {
            String document = JSON.readTree(body).path("query").asString();
            return exchanges.stream()
                    .filter(exchange -> exchange.fetch.document().equals(document))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String pretty(String json) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
    }

    private static List<Map.Entry<String, String>> sections(List<String> lines) {
        List<Map.Entry<String, String>> sections = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String head = "";
        for (String line : Stream.concat(lines.stream(), Stream.of("== end")).toList()) {
            if (line.startsWith("== ")) {
                if (!head.isEmpty()) {
                    sections.add(Map.entry(head, text.toString()));
                }
                head = line.substring(3).strip();
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        return sections;
    }
}
