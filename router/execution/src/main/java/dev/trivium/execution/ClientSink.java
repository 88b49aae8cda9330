package dev.trivium.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receives the response of one execution, in one or more parts, on the thread of the execution.
public interface ClientSink {

    /// A part of the response. None follows the last one.
    void part(Part part);

    /// An array to write a part into, which becomes the buffer of that part unless the part turns
    /// out to be longer. What it holds does not matter.
    ///
    /// @param capacity the least length
    default byte[] buffer(int capacity) {
        return new byte[capacity];
    }

    /// The router itself is at fault. No part follows; what the client gets is the server's
    /// decision.
    void failed(RuntimeException bug);

    /// A JSON object in UTF-8, with `data`, `errors`, or both. How parts are framed is up to the
    /// protocol that the client speaks.
    ///
    /// @param buffer owned by the receiver from now on
    /// @param length how much of `buffer` is used, from its start
    /// @param last whether nothing follows; never of an event, since the source decides on that
    /// @param place what `data` adds to; null if it is all of the response or of an event so far
    /// @param pending the places of this part that later parts add to, each just one
    record Part(
            byte[] buffer,
            int length,
            Result result,
            boolean last,
            @Nullable Place place,
            List<Place> pending) {
        public Part {
            pending = List.copyOf(pending);
        }

        /// A part that stands for itself.
        static Part whole(JsonBuffer out, Result result, boolean last) {
            return new Part(out.bytes, out.length, result, last, null, List.of());
        }
    }

    /// Where a part belongs that was deferred: its `data` holds more fields of an object that was
    /// sent before. The paths of its errors start at the root, as those of all errors do.
    ///
    /// @param number of the place, from 0, in the order in which the client learns of them
    /// @param label of the fragment, or null
    /// @param path of the object: response keys (`String`) and positions in lists (`Integer`)
    record Place(int number, @Nullable String label, List<Object> path) {
        public Place {
            path = List.copyOf(path);
        }
    }

    /// What a part says about the request.
    enum Result {
        /// `data` without `errors`.
        COMPLETE,
        /// `errors` beside `data`; `data` may be null.
        PARTIAL,
        /// `errors` without `data`: the variables are not those of the operation, and nothing was
        /// sent to any subgraph; or a subscription has come to an end.
        REFUSED
    }

    /// Receives the events of a subscription: each is a part.
    interface Events extends ClientSink {

        /// There are no more events. Not called after {@link #failed} or a last part.
        void completed();
    }
}
