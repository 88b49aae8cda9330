package dev.trivium.composition;

import java.util.Set;

/// What the clients of a contract see of a supergraph, by the names of its `@tag`s:
///
/// - Whatever has an excluded tag is hidden, and so is what an excluded type consists of.
/// - Where tags are included, a field of an object or interface type is shown only if it, or its
///   type, has one of them. Exclusion beats inclusion.
/// - What consists of hidden elements only is hidden.
/// - Unreachable types, which nothing that is shown can lead to, are hidden too unless they are to
///   be kept. So scalars, enums, inputs and unions need no tags of their own.
///
/// What is hidden is `@inaccessible` in the supergraph: the router still uses it in keys and
/// requirements. A contract that shows an element but not what the element needs is an error.
///
/// @param included empty to include everything
public record Contract(Set<String> included, Set<String> excluded, boolean hidesUnreachable) {
    /// Hides nothing.
    public static final Contract EVERYTHING = new Contract(Set.of(), Set.of(), false);

    public Contract {
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
    }
}
