package dev.trivium.composition;

import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Arguments that the router fills: `@fromContext(field: "$name { selection }")`.
final class ContextArguments {
    private static final Pattern FORM =
            Pattern.compile("^[\\s,]*\\$([_A-Za-z][_0-9A-Za-z]*)(.*)$", Pattern.DOTALL);

    /// @param context the name of the context, empty where the text names none
    /// @param selection what to take from it, as written
    record Reference(String context, String selection) {}

    private ContextArguments() {}

    static Reference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new Reference(matcher.group(1), matcher.group(2))
                : new Reference("", text);
    }

    /// The name of a subgraph's context in the supergraph.
    static String qualified(SubgraphSchema subgraph, String context) {
        return subgraph.name.replaceAll("[^A-Za-z0-9_]", "_") + "__" + context;
    }

    /// The argument `contextArguments` of `@join__field`, or null where the field has none.
    static @Nullable Value of(Source<FieldElement> source, JoinSpec join) {
        if (!join.hasContexts()) {
            return null;
        }
        List<Value> arguments = new ArrayList<>();
        for (InputElement argument : source.element().arguments.values()) {
            Applied fromContext = argument.first(FederationDirective.FROM_CONTEXT);
            String text = fromContext == null ? null : fromContext.text("field");
            if (text != null) {
                Reference reference = parse(text);
                SequencedMap<String, Value> fields = new LinkedHashMap<>();
                put(fields, "context", qualified(source.subgraph(), reference.context));
                put(fields, "name", argument.name);
                put(fields, "type", argument.type.toString());
                put(fields, "selection", reference.selection);
                arguments.add(new Value.ObjectValue(fields));
            }
        }
        return arguments.isEmpty() ? null : new Value.ListValue(arguments);
    }

    private static void put(SequencedMap<String, Value> fields, String name, String value) {
        fields.put(name, new Value.StringValue(value));
    }
}
