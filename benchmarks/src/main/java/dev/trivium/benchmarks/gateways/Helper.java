package dev.trivium.benchmarks.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/// What the processes around the gateways share.
///
/// They are told what to do by lines on standard input and answer each with a line on standard
/// output. They end with their standard input, so that none outlives the command that started it.
final class Helper {
    static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private Helper() {}

    static Vertx vertx() {
        return Vertx.vertx(
                new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(LOOPS));
    }

    /// What to say to a line.
    interface Conversation {
        String answer(String line) throws IOException;
    }

    /// Says that it is ready, answers lines until there are no more, and ends the process.
    static void answerLines(Conversation conversation) throws IOException {
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(conversation.answer(line));
        }
        Runtime.getRuntime().halt(0);
    }
}
