package dev.trivium.testkit;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records the names of the commands that a MongoDB client sends, and the replies, apart from those
/// by which it looks after its connections: proves how many queries an operation needs, and what
/// they read.
public final class CommandCounter implements CommandListener {
    private static final Set<String> HOUSEKEEPING =
            Set.of("hello", "isMaster", "ping", "buildInfo", "endSessions", "killCursors");

    private final Set<Integer> started = ConcurrentHashMap.newKeySet();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> replies = new CopyOnWriteArrayList<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!HOUSEKEEPING.contains(event.getCommandName())) {
            started.add(event.getRequestId());
            commands.add(event.getCommandName());
        }
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        if (started.remove(event.getRequestId())) {
            replies.add(event.getResponse().toJson());
        }
    }

    /// The names since the last [#reset], in order.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /// The replies to commands since the last [#reset], as JSON, in order. One to an earlier
    /// command is not among them: MongoDB shows what a command wrote before its reply is here.
    public List<String> replies() {
        return List.copyOf(replies);
    }

    public void reset() {
        started.clear();
        commands.clear();
        replies.clear();
    }
}
