package dev.trivium.execution;

import com.alibaba.fastjson2.JSON;
import dev.trivium.benchmarks.gateways.DeepOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What the deep operation of the public gateway benchmarks costs without sockets: all of it, and
/// its steps; and what other readers of JSON make of the same answers. In this package, to see the
/// steps.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx256m"})
@State(Scope.Benchmark)
public class ExecutionBenchmark {
    private static final JsonFactory JACKSON = new JsonFactory();

    private @Nullable DeepOperation operation;

    /// After the last answer.
    private @Nullable ResultTree merged;

    private int root;

    /// By fetch.
    private final List<byte[]> answers = new ArrayList<>();

    @Setup
    public void record() throws IOException {
        DeepOperation recorded = DeepOperation.record();
        operation = recorded;
        Program program = recorded.program();
        ResultTree tree = newTree(program);
        root = tree.newObject(program.rootSize());
        List<byte[]> requests = new ArrayList<>(recorded.requests());
        List<byte[]> left = new ArrayList<>(recorded.answers());
        for (FetchProgram fetch : program.fetches()) {
            byte[] answer = left.remove(sent(fetch, requests));
            answers.add(answer);
            merge(fetch, tree, answer);
        }
        merged = tree;
    }

    /// Takes the request of a fetch out of those that were sent.
    ///
    /// @return which one it was
    private static int sent(FetchProgram fetch, List<byte[]> requests) {
        byte[] start = fetch.prefix();
        for (int i = 0; i < requests.size(); i++) {
            if (Arrays.mismatch(start, requests.get(i)) == start.length) {
                requests.remove(i);
                return i;
            }
        }
        throw new IllegalStateException("fetch " + fetch.id() + " was not sent");
    }

    private void merge(FetchProgram fetch, ResultTree tree, byte[] answer) {
        AnswerReader.Answer read =
                AnswerReader.read(tree, program().types(), answer, fetch.shape());
        long data = Objects.requireNonNull(read).data();
        if (fetch.isRoot()) {
            tree.merge(root, Cell.index(data), fetch.shape().slots);
            return;
        }
        for (int i = 0; i < fetch.groups().size(); i++) {
            EntityBatch batch =
                    EntityBatch.gather(fetch.groups().get(i), tree, root, new JsonBuffer(512));
            long list = tree.at(Cell.index(data), i + 1);
            if (Cell.tag(list) == Cell.LIST) {
                batch.merge(Cell.index(list));
            }
        }
    }

    private static ResultTree newTree(Program program) {
        return new ResultTree(program.types(), program.fetches().size(), program.treeSize());
    }

    private DeepOperation operation() {
        return Objects.requireNonNull(operation);
    }

    private Program program() {
        return operation().program();
    }

    /// From the program to the last byte.
    @Benchmark
    public int execute() {
        return operation().execute();
    }

    /// The answers into a tree.
    @Benchmark
    public int readAnswers() {
        ResultTree tree = newTree(program());
        List<FetchProgram> fetches = program().fetches();
        for (int i = 0; i < fetches.size(); i++) {
            AnswerReader.read(tree, program().types(), answers.get(i), fetches.get(i).shape());
        }
        return tree.size();
    }

    /// The answers into trees of maps.
    @Benchmark
    public void readAnswersByFastjson2(Blackhole hole) {
        for (byte[] answer : answers) {
            hole.consume(JSON.parseObject(answer));
        }
    }

    /// The answers as a stream of tokens, of which nothing is kept.
    @Benchmark
    public int readAnswersByJackson() {
        int tokens = 0;
        for (byte[] answer : answers) {
            try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), answer)) {
                for (JsonToken token = parser.nextToken();
                        token != null;
                        token = parser.nextToken()) {
                    tokens += token.id();
                }
            }
        }
        return tokens;
    }

    /// The representations of all entities of the finished tree.
    @Benchmark
    public int writeRepresentations() {
        ResultTree tree = Objects.requireNonNull(merged);
        int length = 0;
        for (FetchProgram fetch : program().fetches()) {
            for (EntityGroupProgram group : fetch.groups()) {
                JsonBuffer out = new JsonBuffer(512);
                EntityBatch.gather(group, tree, root, out);
                length += out.length;
            }
        }
        return length;
    }

    /// The response from the finished tree.
    @Benchmark
    public int writeResponse() {
        JsonBuffer out = new JsonBuffer(program().responseSize() + JsonBuffer.ROOM);
        ResponseWriter.write(
                Objects.requireNonNull(merged),
                root,
                program().response(new BitSet()).initial(),
                new ErrorLog(),
                out);
        return out.length;
    }
}
