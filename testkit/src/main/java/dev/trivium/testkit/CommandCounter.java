package dev.trivium.testkit;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records the names of the commands that a MongoDB client sends, and the replies, apart from those
/// by which it looks after its connections: proves how many queries an operation needs, and what
/// they read.
public final class CommandCounter implements CommandListener {
    private static final Set<String> HOUSEKEEPING =
            Set.of("hello", "isMaster", "ping", "buildInfo", "endSessions", "killCursors");

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> replies = new CopyOnWriteArrayList<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!HOUSEKEEPING.contains(event.getCommandName())) {
            commands.add(event.getCommandName());
        }
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        if (!HOUSEKEEPING.contains(event.getCommandName())) {
            replies.add(event.getResponse().toJson());
        }
    }

    /// The names since the last [#reset], in order.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /// The replies since the last [#reset], as JSON, in order.
    public List<String> replies() {
        return List.copyOf(replies);
    }

    public void reset() {
        commands.clear();
        replies.clear();
    }
}
