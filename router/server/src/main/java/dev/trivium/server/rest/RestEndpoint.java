package dev.trivium.server.rest;

import dev.trivium.language.Definition;
import dev.trivium.language.Definition.VariableDefinition;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Selection;
import dev.trivium.language.TypeReference;
import dev.trivium.server.persisted.RestAnnotation;
import dev.trivium.server.persisted.TrustedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A trusted document that is an endpoint.
///
/// Where its variables come from: those that the path names from the path; with GET and DELETE all
/// others from the query parameters of their names, and the fields of an input object from
/// `variable.field`; with the other methods from the JSON body. The body is the one variable that
/// is left, if that is an input object, and else an object with the variables by name.
///
/// @param text of the document
/// @param path as the annotation has it
/// @param parameters in the path, then in the query
/// @param body null where the method has none, or nothing is left for it
/// @param rootKey the response key of the only root field, whose value is the response; null if
///   there are several, and the response is an object of them
public record RestEndpoint(
        String name,
        String text,
        OperationType type,
        String method,
        String path,
        int status,
        List<Parameter> parameters,
        @Nullable Body body,
        @Nullable String rootKey,
        Document document) {
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

    /// @param name as the request has it
    /// @param field of the variable, if that is an input object
    public record Parameter(
            String name,
            boolean inPath,
            String variable,
            @Nullable String field,
            TypeReference type,
            boolean required) {}

    /// What the JSON body becomes.
    public sealed interface Body {
        /// All of it is one variable.
        record Whole(VariableDefinition variable) implements Body {}

        /// Its members are variables.
        record Members(List<VariableDefinition> variables) implements Body {}
    }

    /// @return rejected where the annotation does not fit the document
    static Outcome<RestEndpoint> of(
            TrustedDocument trusted, RestAnnotation annotation, PathPattern path, ApiTypes types) {
        return Parser.parseOperation(trusted.text(), ParserLimits.DEFAULT)
                .then(document -> {
                    var operation = document.definitions(Definition.Operation.class).getFirst();
                    return new Builder(trusted, annotation, document, operation, types).build(path);
                });
    }

    private record Builder(
            TrustedDocument trusted,
            RestAnnotation annotation,
            Document document,
            Definition.Operation operation,
            ApiTypes types) {

        private Outcome<RestEndpoint> build(PathPattern path) {
            var name = operation.name() == null ? trusted.id() : operation.name();
            if (operation.type() == OperationType.SUBSCRIPTION) {
                return reject("a subscription cannot be an endpoint");
            }
            if (annotation.method().equals("GET") && operation.type() != OperationType.QUERY) {
                return reject("only a query can go by GET");
            }
            var left = new ArrayList<>(operation.variables());
            var parameters = new ArrayList<Parameter>();
            for (var variable : path.variables()) {
                var found = left.stream().filter(it -> it.name().equals(variable)).findFirst();
                if (found.isEmpty()) {
                    return reject("the path names `" + variable + "`, which is no variable");
                }
                var type = found.get().type();
                if (ApiTypes.isList(type) || types.inputObject(type) != null) {
                    return reject("`" + variable + "` has no type for a path");
                }
                left.remove(found.get());
                parameters.add(new Parameter(variable, true, variable, null, type, true));
            }
            Body body = null;
            if (WITHOUT_BODY.contains(annotation.method())) {
                for (var variable : left) {
                    if (!addParameters(variable, parameters)) {
                        return reject("`" + variable.name() + "` has no type for parameters");
                    }
                }
            } else {
                body = body(left);
            }
            return new Accepted<>(
                    new RestEndpoint(
                            name,
                            trusted.text(),
                            operation.type(),
                            annotation.method(),
                            annotation.path(),
                            annotation.status(),
                            List.copyOf(parameters),
                            body,
                            rootKey(),
                            document));
        }

        private @Nullable Body body(List<VariableDefinition> left) {
            if (left.isEmpty()) {
                return null;
            }
            return left.size() == 1 && types.inputObject(left.getFirst().type()) != null
                    ? new Body.Whole(left.getFirst())
                    : new Body.Members(List.copyOf(left));
        }

        private boolean addParameters(VariableDefinition variable, List<Parameter> parameters) {
            var input = types.inputObject(variable.type());
            var name = variable.name();
            if (input == null) {
                var required = variable.type().isNonNull() && variable.defaultValue() == null;
                parameters.add(new Parameter(name, false, name, null, variable.type(), required));
                return isSimple(variable.type());
            }
            var allSimple = true;
            for (var field : input.fields()) {
                var required =
                        variable.type().isNonNull()
                                && field.type().isNonNull()
                                && field.defaultValue() == null;
                parameters.add(
                        new Parameter(
                                name + "." + field.name(),
                                false,
                                name,
                                field.name(),
                                field.type(),
                                required));
                allSimple = allSimple && isSimple(field.type());
            }
            return allSimple;
        }

        private boolean isSimple(TypeReference type) {
            var element = ApiTypes.element(type);
            return !ApiTypes.isList(element) && types.inputObject(element) == null;
        }

        private @Nullable String rootKey() {
            return operation.selections().size() == 1
                            && operation.selections().getFirst() instanceof Selection.Field field
                    ? field.responseKey()
                    : null;
        }

        private Outcome<RestEndpoint> reject(String problem) {
            var name = operation.name() == null ? trusted.id() : operation.name();
            return new Rejected<>(
                    new Issue(
                            "INVALID_REST_ENDPOINT",
                            "%s %s (%s): %s"
                                    .formatted(
                                            annotation.method(), annotation.path(), name, problem),
                            List.of()));
        }
    }

    /// The only operation of the document.
    Definition.Operation operation() {
        return document.definitions(Definition.Operation.class).getFirst();
    }
}
