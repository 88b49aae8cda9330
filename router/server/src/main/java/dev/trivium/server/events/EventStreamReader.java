package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Takes the events out of a stream of server-sent events, whatever pieces it comes in (HTML
/// standard, "Server-sent events", section "Parsing an event stream"). Fields other than the name
/// and the data of an event are skipped.
final class EventStreamReader {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /// Long events are few; a stream that waits has no room for one.
    private static final int KEPT = 1024;

    private final int limit;
    private final Listener listener;

    /// What has been received and not yet read: from `start` to `end`.
    private byte[] bytes = new byte[KEPT];

    private int start;
    private int end;

    /// Where the search for the end of the line goes on.
    private int searched;

    private boolean first = true;

    /// The line before ended with CR, so that an LF now would belong to its end.
    private boolean afterReturn;

    private String name = "";
    private byte[] data = new byte[KEPT];
    private int dataLength;

    /// Who is told.
    interface Listener {

        /// @param name `message` where the stream names none
        /// @param data owned by the receiver from now on
        void event(String name, byte[] data);

        /// An event is longer than the limit.
        void tooLarge();
    }

    /// @param limit for the data of an event, in bytes
    EventStreamReader(int limit, Listener listener) {
        this.limit = limit;
        this.listener = listener;
    }

    void append(byte[] chunk) {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            searched -= start;
            start = 0;
        }
        if (end == 0 && bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
        if (end + chunk.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + chunk.length, 2 * bytes.length));
        }
        System.arraycopy(chunk, 0, bytes, end, chunk.length);
        end += chunk.length;
    }

    /// Reads up to the end of the next event.
    ///
    /// @return whether the listener was called; if not, more must be received
    boolean next() {
        while (true) {
            int lineEnd = endOfLine();
            if (lineEnd < 0) {
                return end - start > limit + 64 && refuse();
            }
            int from = start;
            afterReturn = bytes[lineEnd] == '\r';
            start = lineEnd + 1;
            searched = start;
            if (first) {
                first = false;
                from += startsWith(BYTE_ORDER_MARK, from, lineEnd) ? BYTE_ORDER_MARK.length : 0;
            }
            if (from < lineEnd) {
                if (!field(from, lineEnd)) {
                    return refuse();
                }
            } else if (dispatch()) {
                return true;
            }
        }
    }

    private boolean refuse() {
        start = end;
        searched = end;
        listener.tooLarge();
        return true;
    }

    /// @return -1 where it has not been received yet
    private int endOfLine() {
        if (afterReturn && start < end) {
            afterReturn = false;
            if (bytes[start] == '\n') {
                start++;
                searched = start;
            }
        }
        for (int i = searched; i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return i;
            }
        }
        searched = end;
        return -1;
    }

    /// @return whether there was room for it
    private boolean field(int from, int lineEnd) {
        int colon = from;
        while (colon < lineEnd && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, lineEnd);
        if (value < lineEnd && bytes[value] == ' ') {
            value++;
        }
        switch (new String(bytes, from, Math.min(colon - from, 8), UTF_8)) {
            case "event" -> name = new String(bytes, value, Math.min(lineEnd - value, 64), UTF_8);
            case "data" -> {
                return addData(value, lineEnd);
            }
            default -> {
                // A comment, or what is of no use here.
            }
        }
        return true;
    }

    private boolean addData(int from, int to) {
        int needed = dataLength + to - from + 1;
        if (needed - 1 > limit) {
            return false;
        }
        if (needed > data.length) {
            data = Arrays.copyOf(data, Math.max(needed, 2 * data.length));
        }
        System.arraycopy(bytes, from, data, dataLength, to - from);
        dataLength = needed;
        data[dataLength - 1] = '\n';
        return true;
    }

    /// @return whether there was an event
    private boolean dispatch() {
        String event = name.isEmpty() ? "message" : name;
        boolean something = dataLength > 0 || !name.isEmpty();
        byte[] whole = Arrays.copyOf(data, Math.max(0, dataLength - 1));
        name = "";
        dataLength = 0;
        if (data.length > KEPT) {
            data = new byte[KEPT];
        }
        if (something) {
            listener.event(event, whole);
        }
        return something;
    }

    private boolean startsWith(byte[] prefix, int from, int to) {
        return to - from >= prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
