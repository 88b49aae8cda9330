package dev.trivium.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Place;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The JSON that tells a client where a part of an answer belongs.
public enum PartFormat {
    /// Each part names the path and the label of its object.
    PATHS {
        @Override
        public Buffer first(Part part) {
            return open(part).appendString(hasNext(part));
        }

        @Override
        public Buffer later(Part part) {
            var place = Objects.requireNonNull(part.place());
            var json =
                    Buffer.buffer("{\"incremental\":[")
                            .appendBuffer(open(part))
                            .appendString(",\"path\":" + Json.encode(place.path()));
            if (place.label() != null) {
                json.appendString(",\"label\":" + Json.encode(place.label()));
            }
            return json.appendString("}]").appendString(hasNext(part));
        }
    },

    /// A number stands for each part, and is announced before.
    NUMBERS {
        private static final byte[] NO_DATA = "{\"data\":null,".getBytes(UTF_8);

        @Override
        public Buffer first(Part part) {
            return open(part).appendString(pending(part.pending())).appendString(hasNext(part));
        }

        @Override
        public Buffer later(Part part) {
            int number = Objects.requireNonNull(part.place()).number();
            var json = Buffer.buffer("{");
            if (hasNoData(part)) {
                json.appendString("\"completed\":[{\"id\":\"" + number + "\",")
                        .appendBytes(part.buffer(), NO_DATA.length, part.length() - NO_DATA.length)
                        .appendString("]");
            } else {
                json.appendString("\"incremental\":[")
                        .appendBuffer(open(part))
                        .appendString(",\"id\":\"" + number + "\"}]")
                        .appendString(",\"completed\":[{\"id\":\"" + number + "\"}]");
            }
            return json.appendString(pending(part.pending())).appendString(hasNext(part));
        }

        private static String pending(List<Place> places) {
            if (places.isEmpty()) {
                return "";
            }
            var text = new StringBuilder(",\"pending\":[");
            for (var place : places) {
                text.append(text.charAt(text.length() - 1) == '[' ? "" : ",");
                text.append("{\"id\":\"").append(place.number());
                text.append("\",\"path\":").append(Json.encode(place.path()));
                if (place.label() != null) {
                    text.append(",\"label\":").append(Json.encode(place.label()));
                }
                text.append('}');
            }
            return text.append(']').toString();
        }

        // Whether a value that must not be null has taken all of the part with it.
        private static boolean hasNoData(Part part) {
            return part.length() > NO_DATA.length
                    && Arrays.equals(part.buffer(), 0, NO_DATA.length, NO_DATA, 0, NO_DATA.length);
        }
    };

    /// The first part of an answer of several.
    public abstract Buffer first(Part part);

    /// A part that adds to those before it.
    public abstract Buffer later(Part part);

    public static PartFormat of(StreamType type) {
        return type == StreamType.INCREMENTAL_SPEC ? NUMBERS : PATHS;
    }

    /// The only part of an answer.
    public static Buffer alone(Part part) {
        return Buffer.buffer(part.length()).appendBytes(part.buffer(), 0, part.length());
    }

    /// The object of a part without its closing brace.
    private static Buffer open(Part part) {
        return Buffer.buffer(part.length() + 64).appendBytes(part.buffer(), 0, part.length() - 1);
    }

    private static String hasNext(Part part) {
        return ",\"hasNext\":" + !part.last() + "}";
    }
}
