package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Authorization holds whichever way a client asks: an interface needs what any of its
/// implementations needs, and an implementation what the field of an interface object needs.
final class PropagateAuth {
    private final MergeContext context;
    private final Map<String, List<TypeElement>> implementations = new HashMap<>();

    PropagateAuth(MergeContext context) {
        this.context = context;
    }

    void propagate() {
        if (ValidateAuth.DIRECTIVES.stream().noneMatch(context.composed.used()::contains)) {
            return;
        }
        for (TypeElement type : context.merged.types(TypeElement.Kind.OBJECT)) {
            for (String name : type.interfaces.keySet()) {
                implementations.computeIfAbsent(name, _ -> new ArrayList<>()).add(type);
            }
        }
        context.interfaceObjects.forEach(this::toImplementations);
        for (TypeElement itf : context.merged.types(TypeElement.Kind.INTERFACE)) {
            toInterface(itf);
        }
    }

    private void toImplementations(String interfaceName, List<Source<TypeElement>> objects) {
        for (Source<TypeElement> object : objects) {
            for (FieldElement field : object.element().fields.values()) {
                for (TypeElement type : implementations.getOrDefault(interfaceName, List.of())) {
                    FieldElement own = type.fields.get(field.name);
                    if (own != null && !object.subgraph().facts().isExternal(field)) {
                        require(own, List.of(field), true);
                    }
                }
            }
        }
    }

    private void toInterface(TypeElement itf) {
        List<TypeElement> types = implementations.getOrDefault(itf.name, List.of());
        require(itf, types, false);
        for (FieldElement field : itf.fields.values()) {
            List<FieldElement> fields = new ArrayList<>();
            for (TypeElement type : types) {
                FieldElement own = type.fields.get(field.name);
                if (own != null) {
                    fields.add(own);
                }
            }
            require(field, fields, false);
        }
    }

    /// @param keep whether the element's own requirements hold, too
    private void require(Element element, List<? extends Element> others, boolean keep) {
        for (FederationDirective directive : ValidateAuth.DIRECTIVES) {
            LinkedHashSet<List<Argument>> different = new LinkedHashSet<>();
            List<Applied> all = new ArrayList<>(keep ? element.all(directive) : List.of());
            others.forEach(other -> all.addAll(other.all(directive)));
            all.forEach(applied -> different.add(plain(applied)));
            if (all.isEmpty()) {
                continue;
            }
            element.removeAll(directive);
            List<Argument> combined =
                    different.size() > 1 ? CombineArguments.combine(all) : different.getFirst();
            element.directives.add(
                    new Applied(
                            context.composed.name(directive),
                            directive,
                            combined == null ? List.of() : combined,
                            all.getFirst().location(),
                            Block.GENERATED));
            if (different.size() > 1) {
                hint(element, directive, all);
            }
        }
    }

    private void hint(Element element, FederationDirective directive, List<Applied> all) {
        List<SourceLocation> locations = all.stream().map(Applied::location).toList();
        context.report.hint(
                HintCode.MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS,
                "\"%s\" gets the @%s of all implementations, which differ; the supergraph combines them."
                        .formatted(element.coordinate(), context.composed.name(directive)),
                locations);
    }

    private static List<Argument> plain(Applied applied) {
        return applied.arguments().stream()
                .map(argument -> Applied.argument(argument.name(), argument.value()))
                .toList();
    }
}
