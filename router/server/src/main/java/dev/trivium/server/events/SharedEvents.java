package dev.trivium.server.events;

import dev.trivium.execution.EventSource.EventSink;
import dev.trivium.execution.SubgraphClient.Failure;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One subscription at a subgraph, and the clients that share it. It lives on the event loop of the
/// first of them; the others may be on any. It ends with the last.
///
/// A client that is behind slows nobody down: beyond its limits, it is dropped. Only if all are
/// behind is the subgraph asked to wait, where the protocol has a way to.
final class SharedEvents implements EventSink, ClientEvents.Feed {
    private final Context loop;
    private final Consumer<SharedEvents> ending;

    // Guarded by this.
    private final Set<ClientEvents> clients = new HashSet<>();
    private final Set<ClientEvents> behind = new HashSet<>();
    private boolean ended;
    private boolean paused;

    // Of the loop.
    private @Nullable Upstream upstream;

    /// @param ending called once, by any thread, when nobody can join any more
    SharedEvents(Context loop, Consumer<SharedEvents> ending) {
        this.loop = loop;
        this.ending = ending;
    }

    /// Opens the subscription; to be called on the loop.
    void open(Function<EventSink, Upstream> how) {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        upstream = how.apply(this);
    }

    /// @param client the event loop of the client
    /// @param left called when the client has gone
    /// @return null if it is too late
    synchronized @Nullable ClientEvents join(
            Context client, EventSink sink, ClientEvents.Limits limits, Runnable left) {
        if (ended) {
            return null;
        }
        var events = new ClientEvents(client, sink, limits, this, left);
        clients.add(events);
        return events;
    }

    @Override
    public void event(byte[] body) {
        List<ClientEvents> dropped = new ArrayList<>();
        synchronized (this) {
            for (ClientEvents client : clients) {
                switch (client.offer(body)) {
                    case TAKEN -> {}
                    case BEHIND -> behind.add(client);
                    case NONE -> dropped.add(client);
                }
            }
        }
        dropped.forEach(this::left);
        regulate();
    }

    @Override
    public void completed() {
        end().forEach(ClientEvents::complete);
    }

    @Override
    public void failed(Failure failure) {
        end().forEach(client -> client.end(failure));
    }

    private List<ClientEvents> end() {
        List<ClientEvents> last;
        synchronized (this) {
            if (ended) {
                return List.of();
            }
            ended = true;
            last = List.copyOf(clients);
            clients.clear();
        }
        ending.accept(this);
        return last;
    }

    @Override
    public void caughtUp(ClientEvents client) {
        boolean resumes;
        synchronized (this) {
            resumes = behind.remove(client) && paused;
        }
        if (resumes) {
            loop.runOnContext(_ -> regulate());
        }
    }

    @Override
    public void left(ClientEvents client) {
        boolean last;
        synchronized (this) {
            behind.remove(client);
            last = clients.remove(client) && clients.isEmpty() && !ended;
            ended |= last;
        }
        if (last) {
            ending.accept(this);
        }
        loop.runOnContext(_ -> {
            if (last && upstream != null) {
                upstream.cancel();
            } else {
                regulate();
            }
        });
    }

    /// Lets the subgraph wait, or go on.
    private void regulate() {
        boolean pauses;
        synchronized (this) {
            pauses = !clients.isEmpty() && behind.size() == clients.size();
            if (ended || pauses == paused) {
                return;
            }
            paused = pauses;
        }
        if (upstream != null && pauses) {
            upstream.pause();
        } else if (upstream != null) {
            upstream.resume();
        }
    }
}
