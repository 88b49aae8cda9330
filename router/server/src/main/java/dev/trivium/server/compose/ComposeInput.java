package dev.trivium.server.compose;

import dev.trivium.composition.FederationVersion;
import dev.trivium.composition.SubgraphSource;
import java.util.List;

/// What a compose file names, with all schemas read.
///
/// @param newest what the subgraphs may link to at most
record ComposeInput(FederationVersion newest, List<SubgraphSource> subgraphs) {
    ComposeInput {
        subgraphs = List.copyOf(subgraphs);
    }
}
