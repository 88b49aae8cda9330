package dev.trivium.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An element of a selection set (GraphQL specification, section 2.4).
public sealed interface Selection {
    List<Directive> directives();

    SourceLocation location();

    /// A field.
    ///
    /// @param alias null where the response key is the name
    /// @param selections empty for a leaf
    record Field(
            @Nullable String alias,
            String name,
            List<Argument> arguments,
            List<Directive> directives,
            List<Selection> selections,
            SourceLocation location)
            implements Selection {

        /// The key of this field in the response.
        public String responseKey() {
            return alias == null ? name : alias;
        }
    }

    record FragmentSpread(String fragmentName, List<Directive> directives, SourceLocation location)
            implements Selection {}

    /// @param typeCondition null where the fragment has none
    record InlineFragment(
            @Nullable String typeCondition,
            List<Directive> directives,
            List<Selection> selections,
            SourceLocation location)
            implements Selection {}
}
