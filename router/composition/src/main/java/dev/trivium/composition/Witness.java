package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the operation that leads to a position, so that a person can see what is meant. Arguments
/// that must be given are invented; what would be selected further is left out as `...`.
final class Witness {
    private static final String INDENT = "  ";
    private static final int MAX_DEPTH = 3;

    /// Of a longer operation, the beginning and the end are shown.
    private static final int MAX_LINES = 40;

    private record Step(WalkState at, WalkState.Element element) {}

    private final Supergraph supergraph;

    Witness(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    /// The operation down to an element that stands at a position.
    String operation(WalkState state, WalkState.Element last) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(state, last));
        WalkState at = state;
        for (WalkState.Element element = at.element();
                element != null && at.parent() != null;
                element = at.element()) {
            at = at.parent();
            steps.add(new Step(at, element));
        }
        List<String> lines = new ArrayList<>();
        lines.add(opening(at.place()));
        boolean leaf = isLeaf(state, last);
        int left = steps.size();
        for (Step step : steps.reversed()) {
            left--;
            if (left == MAX_LINES / 2 && steps.size() > MAX_LINES) {
                lines.add("# and so on, %d levels deep".formatted(steps.size()));
            } else if (lines.size() <= MAX_LINES / 2 || left < MAX_LINES / 2) {
                lines.add(text(step.at, step.element) + (left == 0 && leaf ? "" : " {"));
            }
        }
        return nested(lines, !leaf);
    }

    private static String nested(List<String> lines, boolean open) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (String line : lines) {
            text.append(INDENT.repeat(depth)).append(line).append('\n');
            depth += line.endsWith("{") ? 1 : 0;
        }
        if (open) {
            text.append(INDENT.repeat(depth)).append("...\n");
        }
        while (depth-- > 0) {
            text.append(INDENT.repeat(depth)).append('}').append(depth > 0 ? "\n" : "");
        }
        return text.toString();
    }

    private String opening(String rootType) {
        for (Map.Entry<OperationType, String> root : supergraph.rootTypes().entrySet()) {
            if (root.getValue().equals(rootType) && root.getKey() != OperationType.QUERY) {
                return root.getKey().keyword() + " {";
            }
        }
        return "{";
    }

    private String text(WalkState at, WalkState.Element element) {
        if (element.cast()) {
            return "... on " + element.name();
        }
        SupergraphType.Field field = field(at, element);
        String arguments =
                field == null
                        ? ""
                        : field.arguments().values().stream()
                                .filter(Witness::mustBeGiven)
                                .map(a -> a.name() + ": " + invented(a.type(), 0))
                                .collect(Collectors.joining(", "));
        return element.name() + (arguments.isEmpty() ? "" : "(" + arguments + ")");
    }

    private SupergraphType.@Nullable Field field(WalkState at, WalkState.Element element) {
        return supergraph.types().get(at.place()) instanceof SupergraphType.Composite type
                ? type.fields().get(element.name())
                : null;
    }

    private boolean isLeaf(WalkState at, WalkState.Element element) {
        SupergraphType.Field field = element.cast() ? null : field(at, element);
        if (field == null) {
            return false;
        }
        SupergraphType type = supergraph.types().get(field.type().namedType());
        return !(type instanceof SupergraphType.Composite
                || type instanceof SupergraphType.UnionType);
    }

    private static boolean mustBeGiven(Definition.InputValue argument) {
        return argument.type().isNonNull() && argument.defaultValue() == null;
    }

    private String invented(TypeReference type, int depth) {
        return switch (type) {
            case TypeReference.NonNull(var inner) -> invented(inner, depth);
            case TypeReference.ListOf _ -> "[]";
            case TypeReference.Named(var name) -> inventedNamed(name, depth);
        };
    }

    private String inventedNamed(String name, int depth) {
        if (supergraph.types().get(name) instanceof SupergraphType.EnumType type) {
            return type.values().isEmpty() ? "null" : type.values().firstEntry().getKey();
        }
        if (supergraph.types().get(name) instanceof SupergraphType.InputObjectType type) {
            return depth == MAX_DEPTH
                    ? "{}"
                    : type.fields().values().stream()
                            .filter(f -> f.type().isNonNull() && f.defaultValue() == null)
                            .map(f -> f.name() + ": " + invented(f.type(), depth + 1))
                            .collect(Collectors.joining(", ", "{", "}"));
        }
        return switch (name) {
            case "Int" -> "0";
            case "Float" -> "0.0";
            case "Boolean" -> "true";
            case "ID" -> "\"an id\"";
            default -> "\"a value\"";
        };
    }
}
