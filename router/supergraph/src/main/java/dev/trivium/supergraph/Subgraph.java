package dev.trivium.supergraph;

/// One of the services behind the router.
///
/// @param index its number, the position in {@link Supergraph#subgraphs()}
/// @param graph its value in the enum `join__Graph`, `AUTH`
/// @param name as given to composition, `auth`
/// @param url where it answers; may be empty, and is then configured elsewhere
public record Subgraph(int index, String graph, String name, String url) {}
