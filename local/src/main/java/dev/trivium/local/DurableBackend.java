package dev.trivium.local;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/// Answers MongoDB commands from an [MVStore], and answers `hello`, which the drivers' health
/// checks need and the library lacks.
final class DurableBackend extends H2Backend {
    private static final Set<String> READS =
            Set.of(
                    "hello",
                    "ismaster",
                    "ping",
                    "buildinfo",
                    "find",
                    "getmore",
                    "killcursors",
                    "count",
                    "distinct",
                    "listcollections",
                    "listindexes",
                    "listdatabases",
                    "endsessions");

    private final GroupCommit commits;

    DurableBackend(MVStore store, GroupCommit commits) {
        super(store);
        this.commits = commits;
    }

    @Override
    public Document handleCommand(
            @Nullable Channel channel, String database, String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        if (READS.contains(name)) {
            return commits.read(() -> answer(channel, database, command, query));
        }
        return commits.change(() -> super.handleCommand(channel, database, command, query));
    }

    private Document answer(
            @Nullable Channel channel, String database, String command, Document query) {
        if (command.equals("hello")) {
            Document hello = super.handleCommand(channel, database, "ismaster", query);
            hello.put("isWritablePrimary", true);
            return hello;
        }
        return super.handleCommand(channel, database, command, query);
    }

    @Override
    public void close() {
        commits.exclusively(super::close);
    }
}
