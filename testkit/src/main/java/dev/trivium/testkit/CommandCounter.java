package dev.trivium.testkit;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records the names of the commands that a MongoDB client sends, apart from those by which it
/// looks after its connections: proves how many queries an operation needs.
public final class CommandCounter implements CommandListener {
    private static final Set<String> HOUSEKEEPING =
            Set.of("hello", "isMaster", "ping", "buildInfo", "endSessions", "killCursors");

    private final List<String> commands = new CopyOnWriteArrayList<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!HOUSEKEEPING.contains(event.getCommandName())) {
            commands.add(event.getCommandName());
        }
    }

    /// The names since the last [#reset], in order.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    public void reset() {
        commands.clear();
    }
}
