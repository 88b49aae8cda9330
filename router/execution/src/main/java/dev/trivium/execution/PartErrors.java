package dev.trivium.execution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The errors of a response that are not sent yet, by the part that reports them.
final class PartErrors {

    private final ResponseParts parts;
    private final ErrorLog[] logs;
    private final boolean[] sent;

    /// By fetch: the errors that were reported for it, whether they are sent or not; null for none.
    private final @Nullable List<ResponseError>[] reported;

    private boolean isEmpty = true;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    PartErrors(ResponseParts parts, int fetches) {
        this.parts = parts;
        this.logs = new ErrorLog[parts.count()];
        this.sent = new boolean[logs.length];
        this.reported = new List[fetches];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = new ErrorLog();
        }
    }

    /// Whether nothing was reported so far.
    boolean isEmpty() {
        return isEmpty;
    }

    /// Whether the part that waits for a fetch has as many errors as a response may have.
    boolean isFull(FetchProgram fetch) {
        return logs[parts.partOf(fetch)].isFull();
    }

    /// The errors that were reported for a fetch so far.
    List<ResponseError> reportedFor(FetchProgram fetch) {
        List<ResponseError> errors = reported[fetch.id()];
        return errors == null ? List.of() : errors;
    }

    /// Whether an error was reported that explains a null at a position.
    boolean explain(List<Object> position) {
        for (List<ResponseError> errors : reported) {
            for (int i = 0; errors != null && i < errors.size(); i++) {
                if (errors.get(i).explains(position)) {
                    return true;
                }
            }
        }
        return false;
    }

    void add(FetchProgram fetch, ResponseError error) {
        isEmpty = false;
        List<ResponseError> errors = reported[fetch.id()];
        if (errors == null) {
            errors = new ArrayList<>();
            reported[fetch.id()] = errors;
        }
        if (errors.size() < ErrorLog.LIMIT) {
            errors.add(error);
        }
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
