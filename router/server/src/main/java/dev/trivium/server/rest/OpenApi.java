package dev.trivium.server.rest;

import dev.trivium.language.Selection;
import dev.trivium.language.TypeReference;
import dev.trivium.server.rest.RestEndpoint.Body;
import dev.trivium.server.rest.RestEndpoint.Parameter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/// What OpenAPI 3.1 says of endpoints.
public final class OpenApi {
    private static final String PROBLEM = "Problem";

    private final RestRoutes routes;
    private final InputSchemas inputs;

    private OpenApi(RestRoutes routes) {
        this.routes = routes;
        this.inputs = new InputSchemas(routes.types());
    }

    public static JsonObject of(RestRoutes routes) {
        return new OpenApi(routes).document();
    }

    private JsonObject document() {
        var paths = new JsonObject();
        for (var endpoint : routes.endpoints()) {
            var path = paths.getJsonObject(endpoint.path(), new JsonObject());
            path.put(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint));
            paths.put(endpoint.path(), path);
        }
        var schemas = new JsonObject();
        inputs.components().forEach(schemas::put);
        schemas.put(PROBLEM, problem());
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put("info", new JsonObject().put("title", "REST").put("version", "1"))
                .put("paths", paths)
                .put(
                        "components",
                        new JsonObject()
                                .put("schemas", schemas)
                                .put("securitySchemes", securitySchemes()))
                .put(
                        "security",
                        new JsonArray()
                                .add(new JsonObject())
                                .add(new JsonObject().put("bearer", new JsonArray())));
    }

    private static JsonObject securitySchemes() {
        return new JsonObject()
                .put("bearer", new JsonObject().put("type", "http").put("scheme", "bearer"));
    }

    private JsonObject operation(RestEndpoint endpoint) {
        var operation = new JsonObject().put("operationId", endpoint.name());
        var root = endpoint.operation().selections().getFirst();
        var definition =
                root instanceof Selection.Field field
                        ? routes.types().field(routes.types().root(endpoint.type()), field.name())
                        : null;
        InputSchemas.described(definition == null ? null : definition.description(), operation);
        var parameters = new JsonArray();
        endpoint.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        var body = endpoint.body();
        if (body != null) {
            operation.put(
                    "requestBody",
                    new JsonObject()
                            .put("required", isRequired(body))
                            .put("content", content("application/json", schema(body))));
        }
        return operation.put("responses", responses(endpoint));
    }

    private JsonObject parameter(Parameter parameter) {
        return new JsonObject()
                .put("name", parameter.name())
                .put("in", parameter.inPath() ? "path" : "query")
                .put("required", parameter.required())
                .put("schema", inputs.of(new TypeReference.NonNull(parameter.type().nullable())));
    }

    private static boolean isRequired(Body body) {
        return switch (body) {
            case Body.Whole(var variable) -> variable.type().isNonNull();
            case Body.Members(var variables) ->
                    variables.stream()
                            .anyMatch(it -> it.type().isNonNull() && it.defaultValue() == null);
        };
    }

    private JsonObject schema(Body body) {
        return switch (body) {
            case Body.Whole(var variable) ->
                    inputs.of(new TypeReference.NonNull(variable.type().nullable()));
            case Body.Members(var variables) -> {
                var properties = new JsonObject();
                var required = new JsonArray();
                for (var variable : variables) {
                    properties.put(variable.name(), inputs.of(variable.type()));
                    if (variable.type().isNonNull() && variable.defaultValue() == null) {
                        required.add(variable.name());
                    }
                }
                var schema =
                        new JsonObject()
                                .put("type", "object")
                                .put("additionalProperties", false)
                                .put("properties", properties);
                yield required.isEmpty() ? schema : schema.put("required", required);
            }
        };
    }

    private JsonObject responses(RestEndpoint endpoint) {
        var success =
                new JsonObject()
                        .put("description", "What was asked for.")
                        .put("content", content("application/json", result(endpoint)));
        var reference = new JsonObject().put("$ref", "#/components/schemas/" + PROBLEM);
        var failure =
                new JsonObject()
                        .put("description", "Why it was not done.")
                        .put("content", content("application/problem+json", reference));
        return new JsonObject()
                .put(Integer.toString(endpoint.status()), success)
                .put("default", failure);
    }

    /// The value of the only root field, or an object of all.
    private JsonObject result(RestEndpoint endpoint) {
        var outputs = new OutputSchemas(routes.types(), inputs, endpoint.document());
        var root = routes.types().root(endpoint.type());
        var selections = endpoint.operation().selections();
        if (endpoint.rootKey() == null
                || !(selections.getFirst() instanceof Selection.Field field)) {
            return outputs.object(root, selections);
        }
        var definition = routes.types().field(root, field.name());
        if (definition == null) {
            return new JsonObject();
        }
        // A null is told by the status.
        var type = new TypeReference.NonNull(definition.type().nullable());
        return outputs.value(type, field.selections());
    }

    private static JsonObject content(String type, JsonObject schema) {
        return new JsonObject().put(type, new JsonObject().put("schema", schema));
    }

    /// RFC 9457, with members of our own.
    private static JsonObject problem() {
        var text = new JsonObject().put("type", "string");
        var error =
                new JsonObject()
                        .put("type", "object")
                        .put("required", new JsonArray().add("detail"))
                        .put(
                                "properties",
                                new JsonObject()
                                        .put("detail", text)
                                        .put("code", text)
                                        .put("pointer", text)
                                        .put("parameter", text));
        var properties =
                new JsonObject()
                        .put("type", text)
                        .put("title", text)
                        .put("status", new JsonObject().put("type", "integer"))
                        .put("detail", text)
                        .put("code", text)
                        .put("errors", new JsonObject().put("type", "array").put("items", error));
        return new JsonObject()
                .put("type", "object")
                .put(
                        "required",
                        new JsonArray(List.of("type", "title", "status", "detail", "code")))
                .put("properties", properties);
    }
}
