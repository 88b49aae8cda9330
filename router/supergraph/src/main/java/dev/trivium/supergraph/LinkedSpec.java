package dev.trivium.supergraph;

import dev.trivium.language.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A specification that a schema links to (the link specification, version 1.0).
///
/// @param namespace what the schema calls the specification: the prefix of its elements. Empty
///   where it has no name, and then nothing but imports
/// @param imports elements under a name without the prefix, the local name by the standard one;
///   directives with `@`
/// @param purpose `SECURITY`, `EXECUTION` or null
/// @param location of the link
public record LinkedSpec(
        SpecUrl url,
        String namespace,
        SequencedMap<String, String> imports,
        @Nullable String purpose,
        SourceLocation location) {

    /// Where the specifications of federation are.
    public static final String APOLLO = "https://specs.apollo.dev/";

    public LinkedSpec {
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
    }

    public boolean isApollo(String specName) {
        return url.identity().equals(APOLLO + specName);
    }

    /// The name of a directive of this specification in the schema, without `@`.
    public String directive(String element) {
        String imported = imports.get("@" + element);
        if (imported != null) {
            return imported.substring(1);
        }
        return element.equals(url.name()) ? namespace : namespace + "__" + element;
    }

    /// The name of a type of this specification in the schema.
    public String type(String element) {
        String imported = imports.get(element);
        return imported == null ? namespace + "__" + element : imported;
    }

    /// Whether the schema's name of a type belongs to this specification.
    public boolean ownsType(String localName) {
        return hasPrefix(localName) || imports.containsValue(localName);
    }

    /// Whether the schema's name of a directive, without `@`, belongs to this specification.
    public boolean ownsDirective(String localName) {
        return localName.equals(namespace)
                || hasPrefix(localName)
                || imports.containsValue("@" + localName);
    }

    private boolean hasPrefix(String localName) {
        return !namespace.isEmpty() && localName.startsWith(namespace + "__");
    }
}
