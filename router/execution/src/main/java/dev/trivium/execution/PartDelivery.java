package dev.trivium.execution;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Place;
import dev.trivium.execution.ClientSink.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the parts of a response, each as soon as its fetches and the part around it are done.
final class PartDelivery {

    private static final List<Awaited> NONE = List.of();

    private final Program program;
    private final ResponseParts parts;
    private final ResultTree tree;
    private final int root;
    private final PartErrors errors;
    private final ClientSink sink;

    /// By part: how many of its fetches have not ended.
    private final int[] unfinished;

    /// By part: whether all of it was sent.
    private final boolean[] sent;

    /// By part: the objects that wait for it.
    private final List<Awaited>[] waiting;

    private int waitingCount;

    /// How many places the client has learnt of.
    private int places;

    /// Where what is being written belongs.
    private @Nullable Place place;

    private boolean stopped;

    /// The last part, which is held back until nothing is under way any more.
    private @Nullable Part last;

    /// An object of which the client knows that more follows.
    private record Awaited(DeferredObject object, Place place) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    PartDelivery(
            Program program,
            ResponseParts parts,
            ResultTree tree,
            int root,
            PartErrors errors,
            ClientSink sink) {
        this.program = program;
        this.parts = parts;
        this.tree = tree;
        this.root = root;
        this.errors = errors;
        this.sink = sink;
        this.unfinished = parts.fetchCounts();
        this.sent = new boolean[unfinished.length];
        this.waiting = new List[unfinished.length];
        Arrays.fill(waiting, NONE);
    }

    /// A fetch has ended.
    void ended(FetchProgram fetch) {
        unfinished[parts.partOf(fetch)]--;
    }

    /// Sends what can be sent, but for the last part.
    void deliver() {
        for (int part = 0; part < sent.length; part++) {
            if (!sent[part] && unfinished[part] == 0 && isDue(part)) {
                if (part == ResponseParts.INITIAL) {
                    writeInitial();
                } else {
                    writeDeferred(part);
                }
                sent[part] = true;
            }
        }
    }

    /// The client has gone.
    void stop() {
        stopped = true;
    }

    private boolean isDue(int part) {
        return part == ResponseParts.INITIAL || sent[parts.outer(part)];
    }

    /// Whether all that is left to send is the last part.
    boolean isComplete() {
        return last != null;
    }

    /// Sends the last part.
    void close() {
        Part part = last;
        if (part != null) {
            sink.part(part);
        }
    }

    private void writeInitial() {
        JsonBuffer out = new JsonBuffer(sink.buffer(program.responseSize() + JsonBuffer.ROOM));
        ErrorLog log = errors.ofInitial();
        List<Place> pending = add(ResponseWriter.write(tree, root, parts.initial(), log, out));
        program.learn(tree.size(), out.length);
        send(out, log, pending);
    }

    private void writeDeferred(int part) {
        List<Awaited> objects = waiting[part];
        for (int i = 0; i < objects.size(); i++) {
            DeferredObject object = objects.get(i).object();
            place = objects.get(i).place();
            boolean lastObject = i + 1 == objects.size();
            ErrorLog log = errors.of(part, object.path(), lastObject);
            JsonBuffer out = new JsonBuffer(256);
            List<DeferredObject> inside = ResponseWriter.write(tree, root, object, log, out);
            waitingCount--;
            send(out, log, add(inside));
        }
    }

    private List<Place> add(List<DeferredObject> objects) {
        if (objects.isEmpty()) {
            return List.of();
        }
        waitingCount += objects.size();
        List<Place> pending = new ArrayList<>(objects.size());
        for (DeferredObject object : objects) {
            int part = object.deferred().part();
            if (waiting[part].isEmpty()) {
                waiting[part] = new ArrayList<>();
            }
            Place next = new Place(places++, object.deferred().label(), object.path());
            waiting[part].add(new Awaited(object, next));
            pending.add(next);
        }
        return pending;
    }

    private void send(JsonBuffer out, ErrorLog log, List<Place> pending) {
        Result result = log.isEmpty() ? Result.COMPLETE : Result.PARTIAL;
        Part part = new Part(out.bytes, out.length, result, waitingCount == 0, place, pending);
        if (part.last()) {
            last = part;
        } else if (!stopped) {
            sink.part(part);
        }
    }

    /// Ends the response: what is still to be sent would be too large.
    void tooLarge() {
        for (int part = 1; part < sent.length && place == null; part++) {
            if (!waiting[part].isEmpty()) {
                place = waiting[part].getFirst().place();
            }
        }
        ErrorLog log = new ErrorLog();
        log.add(ResponseError.of(ErrorCode.TOO_LARGE, "The response is too large.", null));
        JsonBuffer out = new JsonBuffer(256);
        out.append(JsonText.utf8("{\"data\":null,"));
        log.write(out);
        out.append('}');
        sink.part(new Part(out.bytes, out.length, Result.PARTIAL, true, place, List.of()));
    }

    void failed(RuntimeException bug) {
        sink.failed(bug);
    }
}
