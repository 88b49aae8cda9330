package dev.trivium.composition;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A specification that a schema links to.
///
/// @param alias the prefix of its elements in the schema
/// @param imports the elements that have a name without prefix: name in the specification to name
///   in the schema, directives with their `@`
/// @param purpose the argument `for`
/// @param link the application that says so
record LinkedFeature(
        FeatureUrl url,
        String alias,
        SequencedMap<String, String> imports,
        @Nullable String purpose,
        Applied link) {

    /// The version of federation that a link needs; null where it needs none.
    @Nullable FeatureVersion since() {
        return url.identity().equals(Links.FEDERATION) ? url.version() : FeatureSpec.since(url);
    }

    /// The name of a directive of the specification in the schema, without the `@`.
    String localDirective(String specName) {
        String imported = imports.get("@" + specName);
        if (imported != null) {
            return imported.substring(1);
        }
        return specName.equals(url.name()) ? alias : alias + "__" + specName;
    }

    /// The name of a type of the specification in the schema.
    String localType(String specName) {
        String imported = imports.get(specName);
        return imported == null ? alias + "__" + specName : imported;
    }
}
