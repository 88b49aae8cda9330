package dev.trivium.server.authentication;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/// The port to where issuers publish their keys.
@FunctionalInterface
public interface KeyDocuments {

    /// Fetches a JWK set, as text.
    ///
    /// @return fails where there is no answer with status 200 in a few seconds
    CompletionStage<String> fetch(URI url);
}
