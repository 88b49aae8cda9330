package dev.trivium.supergraph;

import dev.trivium.language.SourceLocation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A specification that a schema links to (the link specification, version 1.0).
///
/// @param identity the URL without the version, `https://specs.apollo.dev/join`
/// @param name the last part of the identity, `join`
/// @param namespace what the schema calls the specification: the prefix of its elements
/// @param imports elements under a name without the prefix, the local name by the standard one;
///   directives with `@`
/// @param purpose `SECURITY`, `EXECUTION` or null
record LinkedSpec(
        String identity,
        String name,
        @Nullable Version version,
        String namespace,
        Map<String, String> imports,
        @Nullable String purpose,
        SourceLocation location) {

    static final String APOLLO = "https://specs.apollo.dev/";

    /// `v0.3`
    record Version(int major, int minor) {
        boolean isUpTo(Version other) {
            return major < other.major || (major == other.major && minor <= other.minor);
        }

        @Override
        public String toString() {
            return "v" + major + "." + minor;
        }
    }

    boolean isApollo(String specName) {
        return identity.equals(APOLLO + specName);
    }

    /// The name of a directive of this specification in the schema, without `@`.
    String directive(String element) {
        String imported = imports.get("@" + element);
        if (imported != null) {
            return imported.substring(1);
        }
        return element.equals(name) ? namespace : namespace + "__" + element;
    }

    /// The name of a type of this specification in the schema.
    String type(String element) {
        String imported = imports.get(element);
        return imported == null ? namespace + "__" + element : imported;
    }

    /// Whether the schema's name of a type belongs to this specification.
    boolean ownsType(String localName) {
        return localName.startsWith(namespace + "__") || imports.containsValue(localName);
    }

    /// Whether the schema's name of a directive, without `@`, belongs to this specification.
    boolean ownsDirective(String localName) {
        return localName.equals(namespace)
                || localName.startsWith(namespace + "__")
                || imports.containsValue("@" + localName);
    }
}
