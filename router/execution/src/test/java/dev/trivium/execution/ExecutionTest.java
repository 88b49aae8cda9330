package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How an execution starts and ends.
class ExecutionTest {

    private static final Introspector NONE =
            (_, _, _) -> {
                throw new AssertionError("no introspection here");
            };

    private final Program program = OneFetch.program(OneFetch.SOCIAL, "{ count }");

    @Test
    void nothingIsSaidAfterTheClientHasGone() {
        List<ResponseSink> answers = new ArrayList<>();
        int[] cancelled = {0};
        CollectingSink sink = new CollectingSink();
        Call call =
                Execution.start(
                        program,
                        RequestInput.NONE,
                        (_, answer) -> {
                            answers.add(answer);
                            return () -> cancelled[0]++;
                        },
                        NONE,
                        sink);
        call.cancel();
        answers.forEach(answer -> answer.answered(200, "{\"data\":{\"count\":1}}".getBytes(UTF_8)));
        assertThat(cancelled[0]).isEqualTo(1);
        assertThat(sink.parts).isEmpty();
    }

    @Test
    void whatHasEndedIsNotCancelled() {
        FakeSubgraphs fake = new FakeSubgraphs(_ -> new Reply.Answer("{\"data\":{\"count\":1}}"));
        CollectingSink sink = new CollectingSink();
        Call call = Execution.start(program, RequestInput.NONE, fake, NONE, sink);
        fake.answerAll(false);
        call.cancel();
        assertThat(fake.cancelled).isZero();
        assertThat(sink.text()).isEqualTo("{\"data\":{\"count\":1}}");
    }

    @Test
    void aBugEndsTheExecution() {
        List<RuntimeException> bugs = new ArrayList<>();
        Execution.start(
                program,
                RequestInput.NONE,
                (_, _) -> {
                    throw new IllegalStateException("bug");
                },
                NONE,
                new ClientSink() {
                    @Override
                    public void part(Part part) {
                        throw new AssertionError("no part after a bug");
                    }

                    @Override
                    public void failed(RuntimeException bug) {
                        bugs.add(bug);
                    }
                });
        assertThat(bugs).singleElement().extracting(Throwable::getMessage).isEqualTo("bug");
    }

    /// Each assignment of the variables has its own response, also beyond those remembered.
    @Test
    void everyAssignmentOfVariablesIsAnswered() {
        StringBuilder variables = new StringBuilder("query(");
        StringBuilder fields = new StringBuilder("{ name ");
        for (int i = 0; i < 8; i++) {
            variables.append("$v").append(i).append(": Boolean! ");
            fields.append("f").append(i).append(": count @include(if: $v").append(i).append(") ");
        }
        Program conditional = OneFetch.program(OneFetch.SOCIAL, variables + ") " + fields + "}");
        for (int bits = 0; bits < 256; bits++) {
            StringBuilder values = new StringBuilder("{\"more\":0");
            StringBuilder data = new StringBuilder("{\"name\":\"x\"");
            for (int i = 0; i < 8; i++) {
                boolean on = (bits >> i & 1) == 1;
                values.append(",\"v").append(i).append("\":").append(on);
                data.append(on ? ",\"f" + i + "\":" + i : "");
            }
            String response = "{\"data\":" + data + "}}";
            assertThat(OneFetch.respond(conditional, values + "}", new Reply.Answer(response)))
                    .isEqualTo(response);
        }
    }
}
