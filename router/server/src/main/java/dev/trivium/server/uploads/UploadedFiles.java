package dev.trivium.server.uploads;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// The files of one request, which come one after the other, and the fetches that wait for them.
/// For one event loop.
///
/// In the variables, a mark that nobody can guess stands for each file. A fetch that uses the
/// variable carries the mark in its body, and so shows that the file belongs to it.
public final class UploadedFiles {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MARK_BYTES = 16;
    private static final String MISSING = "a file of `map` did not come";

    private final String mark = "upload-" + HexFormat.of().formatHex(random()) + "-";
    private final Map<String, String> keysByPath;
    private final Set<String> came = new HashSet<>();
    private final Set<String> claimed = new HashSet<>();
    private final Map<String, Taker> waiting = new LinkedHashMap<>();
    private final Map<String, IncomingFile> unclaimed = new LinkedHashMap<>();
    private boolean complete;
    private boolean over;

    /// Gets the files that it has asked for, in the order in which they come.
    public interface Taker {
        void file(IncomingFile file);

        /// A file will not come.
        ///
        /// @param message for the client
        void failed(String message);
    }

    /// What a fetch with files sends.
    ///
    /// @param operations with null in the place of each file
    /// @param paths in the operations, by the key of the file
    public record Parts(byte[] operations, Map<String, List<String>> paths) {}

    private UploadedFiles(Map<String, String> keysByPath) {
        this.keysByPath = keysByPath;
    }

    private static byte[] random() {
        byte[] bytes = new byte[MARK_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Reads the field `map`: by the key of each file, the paths of its places in the field
    /// `operations`.
    public static Outcome<UploadedFiles> read(String map) {
        var paths = new HashMap<String, String>();
        try (var parser = JsonLeaves.JSON.createParser(ObjectReadContext.empty(), utf8(map))) {
            return parser.nextToken() == JsonToken.START_OBJECT && readMap(parser, paths)
                    ? new Outcome.Accepted<>(new UploadedFiles(paths))
                    : rejected("`map` must be an object of lists of paths, each of them once");
        } catch (JacksonException _) {
            return rejected("`map` is not JSON");
        }
    }

    private static boolean readMap(JsonParser parser, Map<String, String> paths) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                var isText = parser.currentToken() == JsonToken.VALUE_STRING;
                if (!isText || paths.putIfAbsent(parser.getString(), key) != null) {
                    return false;
                }
            }
        }
        return parser.nextToken() == null;
    }

    /// How many files are to come.
    public int count() {
        return Set.copyOf(keysByPath.values()).size();
    }

    /// @return false for a file that `map` does not name, and for one that has come before
    public boolean expects(String key) {
        return keysByPath.containsValue(key) && came.add(key);
    }

    /// The operations with a mark in the place of each file.
    ///
    /// @param operations a GraphQL request
    public Outcome<byte[]> marked(byte[] operations) {
        var found = new HashSet<String>();
        byte[] marked =
                JsonLeaves.replace(
                        operations,
                        leaf -> {
                            var key = keysByPath.get(leaf.path());
                            var isVariable = leaf.path().startsWith("variables.");
                            if (key == null || leaf.text() != null || !isVariable) {
                                return null;
                            }
                            found.add(leaf.path());
                            return utf8("\"" + mark + HexFormat.of().formatHex(utf8(key)) + "\"");
                        });
        return found.size() == keysByPath.size()
                ? new Outcome.Accepted<>(marked)
                : rejected("`map` names what is not null in the variables of `operations`");
    }

    /// Finds out which files a fetch uses.
    ///
    /// @param body of its request
    /// @return null if it uses none, as nearly all
    public @Nullable Parts parts(byte[] body) {
        if (!new String(body, ISO_8859_1).contains(mark)) {
            return null;
        }
        var paths = new LinkedHashMap<String, List<String>>();
        byte[] operations =
                JsonLeaves.replace(
                        body,
                        leaf -> {
                            if (leaf.text() == null || !leaf.text().startsWith(mark)) {
                                return null;
                            }
                            var hex = leaf.text().substring(mark.length());
                            var key = new String(HexFormat.of().parseHex(hex), UTF_8);
                            paths.computeIfAbsent(key, _ -> new ArrayList<>()).add(leaf.path());
                            return utf8("null");
                        });
        return new Parts(operations, paths);
    }

    /// Asks for files.
    ///
    /// @return false if another fetch has asked for one of them before
    public boolean claim(Set<String> keys, Taker taker) {
        if (keys.stream().anyMatch(claimed::contains)) {
            return false;
        }
        claimed.addAll(keys);
        for (var key : keys) {
            var file = unclaimed.remove(key);
            if (file != null) {
                taker.file(file);
            } else if (complete) {
                taker.failed(MISSING);
            } else {
                waiting.put(key, taker);
            }
        }
        return true;
    }

    /// A file begins. It is held back until it is asked for.
    public void arrived(IncomingFile file) {
        var taker = waiting.remove(file.header().name());
        if (over) {
            file.discard();
        } else if (taker != null) {
            taker.file(file);
        } else {
            unclaimed.put(file.header().name(), file);
        }
    }

    /// Of several files, one comes after the other. Where a fetch waits for one that comes later
    /// than one that is held back, nothing would ever move. To be called when all have asked that
    /// ask at the same time.
    public void checkOrder() {
        if (!unclaimed.isEmpty()) {
            var first = unclaimed.keySet().iterator().next();
            fail("send the file `%s` after those that are used before it".formatted(first));
        }
    }

    /// All of the request has come.
    public void ended() {
        complete = true;
        fail(MISSING);
    }

    private void fail(String message) {
        var takers = Set.copyOf(waiting.values());
        waiting.clear();
        takers.forEach(it -> it.failed(message));
    }

    /// Nobody asks for files any more.
    public void finish() {
        over = true;
        waiting.clear();
        unclaimed.values().forEach(IncomingFile::discard);
        unclaimed.clear();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static <T> Outcome<T> rejected(String message) {
        return new Outcome.Rejected<>(List.of(new Issue("BAD_REQUEST", message, List.of())));
    }
}
