package dev.trivium.server.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A media type or range with its parameters (RFC 9110, section 8.3.1).
///
/// @param name in lower case, `application/json`
/// @param parameters by their names, all in lower case
/// @param quality the weight in an `Accept` header, 0 to 1
public record MediaType(String name, Map<String, String> parameters, double quality) {
    /// More parameters than any type has are not read.
    private static final int MOST_PARAMETERS = 16;

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /// @return null if the text is not a media type
    static @Nullable MediaType parse(String text) {
        var parts = text.split(";", MOST_PARAMETERS);
        var name = parts[0].strip().toLowerCase(Locale.ROOT);
        if (name.indexOf('/') <= 0) {
            return null;
        }
        var parameters = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals), unquoted(parameter.substring(equals + 1)));
            }
        }
        var quality = parameters.get("q");
        return new MediaType(name, parameters, quality == null ? 1 : weight(quality));
    }

    /// @return the value, or an empty text if there is no such parameter
    String parameter(String key) {
        return parameters.getOrDefault(key, "");
    }

    boolean isUtf8() {
        var charset = parameter("charset");
        return charset.isEmpty() || charset.equals("utf-8") || charset.equals("utf8");
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
