package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Root types have their default names in a supergraph: those of other names are renamed, for which
/// the default name must be free.
final class NameRoots {
    private NameRoots() {}

    /// The root types to rename: name in the document to default name.
    static Map<String, String> renamed(Document document) {
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
        return renamed;
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
