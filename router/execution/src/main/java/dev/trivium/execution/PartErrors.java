package dev.trivium.execution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The errors of a response that are not sent yet, by the part that reports them.
final class PartErrors {

    private final ResponseParts parts;
    private final ErrorLog[] logs;
    private final boolean[] sent;

    PartErrors(ResponseParts parts) {
        this.parts = parts;
        this.logs = new ErrorLog[parts.count()];
        this.sent = new boolean[logs.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = new ErrorLog();
        }
    }

    /// Whether the part that waits for a fetch has as many errors as a response may have.
    boolean isFull(FetchProgram fetch) {
        return logs[parts.partOf(fetch)].isFull();
    }

    void add(FetchProgram fetch, ResponseError error) {
        logs[parts.reporting(fetch, error.path(), sent)].add(error);
    }

    /// The errors that the initial part reports, to which completion may add.
    ErrorLog ofInitial() {
        sent[ResponseParts.INITIAL] = true;
        return logs[ResponseParts.INITIAL];
    }

    /// The errors that a deferred part reports with one of its objects.
    ///
    /// @param path of the object
    /// @param last whether it is the last object of the part, which takes what fits nowhere
    ErrorLog of(int part, List<Object> path, boolean last) {
        sent[part] |= last;
        ErrorLog taken = new ErrorLog();
        List<ResponseError> left = new ArrayList<>();
        for (ResponseError error : logs[part].errors()) {
            if (last || isAbout(error.path(), path)) {
                taken.add(error);
            } else {
                left.add(error);
            }
        }
        logs[part] = new ErrorLog();
        left.forEach(logs[part]::add);
        return taken;
    }

    private static boolean isAbout(@Nullable List<Object> place, List<Object> object) {
        if (place == null) {
            return true;
        }
        int common = Math.min(place.size(), object.size());
        return place.subList(0, common).equals(object.subList(0, common));
    }
}
