package dev.trivium.supergraph;

import dev.trivium.language.Issue;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reports keys, requirements and provided fields that select what does not exist, so that nobody
/// after the reader needs to look again.
final class CheckFieldSets {
    private final Map<String, SupergraphType> types;
    private final List<Issue> issues;

    private CheckFieldSets(Map<String, SupergraphType> types, List<Issue> issues) {
        this.types = types;
        this.issues = issues;
    }

    static void of(Map<String, SupergraphType> types, List<Issue> issues) {
        CheckFieldSets check = new CheckFieldSets(types, issues);
        for (SupergraphType type : types.values()) {
            if (type instanceof SupergraphType.Composite composite) {
                check.type(composite);
            }
        }
    }

    private void type(SupergraphType.Composite type) {
        for (JoinType join : type.joins()) {
            check("The key", type.name(), type.name(), join.key());
        }
        for (SupergraphType.Field field : type.fields().values()) {
            String place = type.name() + "." + field.name();
            for (JoinField join : field.joins()) {
                check("What is required", place, type.name(), join.requires());
                check("What is provided", place, field.type().namedType(), join.provides());
            }
        }
    }

    private void check(String what, String place, String parent, @Nullable String fieldSet) {
        if (fieldSet == null) {
            return;
        }
        FieldSets.visit(
                types,
                parent,
                fieldSet,
                new FieldSets.Visitor() {
                    @Override
                    public void field(SupergraphType.Composite owner, SupergraphType.Field field) {}

                    @Override
                    public void unknown(String message) {
                        issues.add(
                                new Issue(
                                        SupergraphReader.INVALID,
                                        "%s \"%s\" of %s cannot be read: %s."
                                                .formatted(what, fieldSet, place, message),
                                        List.of()));
                    }
                });
    }
}
