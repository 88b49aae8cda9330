package dev.trivium.composition;

import java.util.ArrayList;
import java.util.List;

/// The fields of an interface object are fields of every implementation. Where an implementation
/// has no such field of its own, it gets one, with a `@join__field` that names no subgraph.
final class CopyInterfaceObjectFields {
    private final MergeContext context;
    private final CheckFieldSharing sharing;

    CopyInterfaceObjectFields(MergeContext context) {
        this.context = context;
        this.sharing = new CheckFieldSharing(context);
    }

    void copy() {
        if (context.interfaceObjects.isEmpty()) {
            return;
        }
        for (TypeElement type : context.merged.types(TypeElement.Kind.OBJECT)) {
            for (String name : type.interfaces.keySet()) {
                for (Source<TypeElement> source :
                        context.interfaceObjects.getOrDefault(name, List.of())) {
                    copy(source, context.mergedType(name), type);
                }
            }
        }
    }

    private void copy(Source<TypeElement> source, TypeElement itf, TypeElement type) {
        for (FieldElement own : source.element().fields.values()) {
            FieldElement field = itf.fields.get(own.name);
            if (field == null || source.subgraph().facts().isExternal(own)) {
                continue;
            }
            FieldElement existing = type.fields.get(own.name);
            if (existing == null) {
                FieldElement copy = copyOf(field, type);
                type.addField(copy);
                sharing.check(List.of(), copy, FieldOverrides.NONE);
            }
        }
    }

    private static FieldElement copyOf(FieldElement field, TypeElement type) {
        var copy = new FieldElement(type, field.name, field.type, Block.GENERATED, field.location);
        copy.description = field.description;
        for (InputElement argument : field.arguments.values()) {
            var input =
                    InputElement.argumentOf(copy, argument.name, argument.type, argument.location);
            input.description = argument.description;
            input.defaultValue = argument.defaultValue;
            input.directives = new ArrayList<>(argument.directives);
            copy.arguments.put(input.name, input);
        }
        copy.directives.add(JoinSpec.join("field", List.of()));
        field.directives.stream()
                .filter(applied -> !applied.name().startsWith("join__"))
                .forEach(copy.directives::add);
        return copy;
    }
}
