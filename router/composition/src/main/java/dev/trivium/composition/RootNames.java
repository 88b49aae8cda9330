package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Root types have their default names in a supergraph: those of other names are renamed, for which
/// the default name must be free.
///
/// @param renamed name in the document to default name
record RootNames(Map<String, String> renamed) {

    static RootNames of(Document document) {
        Map<String, String> renamed = new HashMap<>();
        Set<String> declared = declared(document);
        for (Definition.Schema schema : document.definitions(Definition.Schema.class)) {
            for (Definition.RootType root : schema.rootTypes()) {
                String defaultName = root.operation().defaultTypeName();
                if (!declared.contains(defaultName)) {
                    renamed.put(root.typeName(), defaultName);
                }
            }
        }
        return new RootNames(renamed);
    }

    /// What a type is called in the supergraph.
    String type(String name) {
        return renamed.getOrDefault(name, name);
    }

    TypeReference type(TypeReference type) {
        if (renamed.isEmpty()) {
            return type;
        }
        return switch (type) {
            case TypeReference.Named(var name) -> new TypeReference.Named(type(name));
            case TypeReference.ListOf(var element) -> new TypeReference.ListOf(type(element));
            case TypeReference.NonNull(var inner) -> new TypeReference.NonNull(type(inner));
        };
    }

    /// The arguments of a directive: field sets may name root types in type conditions.
    List<Argument> arguments(List<Argument> arguments) {
        return renamed.isEmpty() ? arguments : arguments.stream().map(this::argument).toList();
    }

    private Argument argument(Argument argument) {
        if (!(argument.value() instanceof Value.StringValue(var text)) || !text.contains("...")) {
            return argument;
        }
        String local = text;
        for (Map.Entry<String, String> root : renamed.entrySet()) {
            local =
                    local.replaceAll(
                            "(\\.\\.\\.\\s*on\\s+)" + root.getKey() + "\\b",
                            "$1" + root.getValue());
        }
        return new Argument(argument.name(), new Value.StringValue(local), argument.location());
    }

    static void check(String subgraph, Document document, Report report) {
        Set<String> declared = declared(document);
        for (Definition.Schema schema : document.definitions(Definition.Schema.class)) {
            for (Definition.RootType root : schema.rootTypes()) {
                String defaultName = root.operation().defaultTypeName();
                if (!root.typeName().equals(defaultName) && declared.contains(defaultName)) {
                    report.error(
                            code(root),
                            "[%s] The %s root type is \"%s\", so no other type can have the name \"%s\", which it gets in the supergraph."
                                    .formatted(
                                            subgraph,
                                            root.operation().keyword(),
                                            root.typeName(),
                                            defaultName),
                            root.location());
                }
            }
        }
    }

    private static Set<String> declared(Document document) {
        Set<String> declared = new HashSet<>();
        for (Definition.Type type : document.definitions(Definition.Type.class)) {
            declared.add(type.name());
        }
        return declared;
    }

    private static CompositionCode code(Definition.RootType root) {
        return switch (root.operation()) {
            case QUERY -> CompositionCode.ROOT_QUERY_USED;
            case MUTATION -> CompositionCode.ROOT_MUTATION_USED;
            case SUBSCRIPTION -> CompositionCode.ROOT_SUBSCRIPTION_USED;
        };
    }
}
