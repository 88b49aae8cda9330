package dev.trivium.composition;

/// What composition is told about one subgraph.
///
/// @param name unique among the subgraphs
/// @param url where the subgraph answers; may be empty
/// @param sdl its schema, as `_service { sdl }` answers it
public record SubgraphSource(String name, String url, String sdl) {}
