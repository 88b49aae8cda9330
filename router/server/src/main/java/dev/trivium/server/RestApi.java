package dev.trivium.server;

import dev.trivium.language.Outcome;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.server.configuration.RestSettings;
import dev.trivium.server.persisted.Manifest;
import dev.trivium.server.rest.ApiTypes;
import dev.trivium.server.rest.OpenApi;
import dev.trivium.server.rest.RestRoutes;
import io.vertx.core.buffer.Buffer;

/// The endpoints of the trusted documents.
///
/// @param openApi what clients read about them
public record RestApi(Manifest manifest, RestRoutes routes, Buffer openApi) {

    /// @return rejected where an annotation does not fit, or takes requests from another
    public static Outcome<RestApi> of(Manifest manifest, ApiTypes types, RestSettings settings) {
        return RestRoutes.of(manifest, types, path -> isReserved(path, settings))
                .then(routes ->
                        new Accepted<>(
                                new RestApi(manifest, routes, OpenApi.of(routes).toBuffer())));
    }

    private static boolean isReserved(String path, RestSettings settings) {
        return path.equals("/graphql")
                || path.startsWith("/graphql/")
                || path.equals(settings.openApi())
                || Routes.HEALTH.contains(path);
    }
}
