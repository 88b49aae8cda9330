package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a schema that can carry a description and directives. The model is mutable: stages
/// that own a schema change it in place.
abstract sealed class Element
        permits TypeElement,
                FieldElement,
                InputElement,
                EnumValueElement,
                DirectiveElement,
                SchemaElement {
    @Nullable String description;
    List<Applied> directives = new ArrayList<>();
    final SourceLocation location;

    Element(SourceLocation location) {
        this.location = location;
    }

    /// How messages name the element, `User.name(first:)`.
    abstract String coordinate();

    List<Applied> all(FederationDirective directive) {
        List<Applied> found = List.of();
        for (Applied applied : directives) {
            if (applied.known() == directive) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(2);
                }
                found.add(applied);
            }
        }
        return found;
    }

    @Nullable Applied first(FederationDirective directive) {
        for (Applied applied : directives) {
            if (applied.known() == directive) {
                return applied;
            }
        }
        return null;
    }

    boolean has(FederationDirective directive) {
        return first(directive) != null;
    }

    void removeAll(FederationDirective directive) {
        directives.removeIf(applied -> applied.known() == directive);
    }
}
