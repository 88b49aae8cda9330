package dev.trivium.server.rest;

import dev.trivium.server.rest.RestEndpoint.Body;
import dev.trivium.server.rest.RestEndpoint.Parameter;
import io.vertx.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From the parts of a request to the JSON of its variables. Whether a value is of its type is left
/// to the executor, which judges the variables of all requests: what looks like no number goes on
/// as a text.
public final class RestVariables {
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Set<String> NUMBERS = Set.of("Int", "Float");

    private RestVariables() {}

    /// @param pathValues in the order of the path
    /// @param query by the name of the parameter; none has a name that the endpoint does not have
    /// @param body a JSON object, or null where the endpoint takes none
    public static byte[] of(
            RestEndpoint endpoint,
            List<String> pathValues,
            Map<String, List<String>> query,
            byte @Nullable [] body) {
        var out = new ByteArrayOutputStream();
        var separator = "{";
        for (var member : members(endpoint, pathValues, query).entrySet()) {
            write(out, separator + Json.encode(member.getKey()) + ":" + member.getValue());
            separator = ",";
        }
        if (body != null) {
            switch (endpoint.body()) {
                case Body.Whole(var variable) -> {
                    write(out, separator + Json.encode(variable.name()) + ":");
                    out.writeBytes(body);
                    separator = ",";
                }
                case Body.Members _ -> {
                    var content = content(body);
                    if (!content.isBlank()) {
                        write(out, separator + content);
                        separator = ",";
                    }
                }
                case null -> {}
            }
        }
        write(out, separator.equals("{") ? "{}" : "}");
        return out.toByteArray();
    }

    /// What stands between the braces.
    private static String content(byte[] object) {
        var text = new String(object, StandardCharsets.UTF_8);
        return text.substring(text.indexOf('{') + 1, text.lastIndexOf('}'));
    }

    private static Map<String, String> members(
            RestEndpoint endpoint, List<String> pathValues, Map<String, List<String>> query) {
        var members = new LinkedHashMap<String, String>();
        var objects = new LinkedHashMap<String, List<String>>();
        int path = 0;
        for (var parameter : endpoint.parameters()) {
            var values =
                    parameter.inPath()
                            ? List.of(pathValues.get(path++))
                            : query.getOrDefault(parameter.name(), List.of());
            if (values.isEmpty()) {
                continue;
            }
            var json = json(parameter, values);
            if (parameter.field() == null) {
                members.put(parameter.variable(), json);
            } else {
                objects.computeIfAbsent(parameter.variable(), _ -> new ArrayList<>())
                        .add(Json.encode(parameter.field()) + ":" + json);
            }
        }
        objects.forEach((name, fields) -> members.put(name, "{" + String.join(",", fields) + "}"));
        return members;
    }

    /// Several values for what is no list go on as a list, which the executor refuses.
    private static String json(Parameter parameter, List<String> values) {
        var typeName = parameter.type().namedType();
        if (values.size() == 1 && !ApiTypes.isList(parameter.type())) {
            return json(typeName, values.getFirst());
        }
        return values.stream()
                .map(value -> json(typeName, value))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(String typeName, String value) {
        var plain =
                (NUMBERS.contains(typeName) && NUMBER.matcher(value).matches())
                        || (typeName.equals("Boolean")
                                && (value.equals("true") || value.equals("false")));
        return plain ? value : Json.encode(value);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
