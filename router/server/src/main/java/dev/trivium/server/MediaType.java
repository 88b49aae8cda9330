package dev.trivium.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A media type or range with the parameters that matter here (RFC 9110, section 8.3.1).
///
/// @param name in lower case, `application/json`
/// @param charset in lower case, or null
/// @param quality the weight in an `Accept` header, 0 to 1
record MediaType(String name, @Nullable String charset, double quality) {

    /// @return null if the text is not a media type
    static @Nullable MediaType parse(String text) {
        var parts = text.split(";", -1);
        var name = parts[0].strip().toLowerCase(Locale.ROOT);
        if (name.indexOf('/') <= 0) {
            return null;
        }
        String charset = null;
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")) {
                charset = unquoted(parameter.substring(8));
            } else if (parameter.startsWith("q=")) {
                quality = weight(parameter.substring(2));
            }
        }
        return new MediaType(name, charset, quality);
    }

    boolean isUtf8() {
        return charset == null || charset.equals("utf-8") || charset.equals("utf8");
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
