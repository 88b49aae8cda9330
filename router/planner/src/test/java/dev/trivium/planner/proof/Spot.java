package dev.trivium.planner.proof;

/// A value of the data behind a supergraph, the same for all services that know it: a field of an
/// object.
///
/// @param salt what the value depends on beside: arguments and what is required
public record Spot(String type, int number, String field, String salt) {}
