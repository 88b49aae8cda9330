package dev.trivium.benchmarks.gateways;

/// How much of everything.
///
/// @param seconds of a round
/// @param warmupRounds before the first round, for each gateway, at most
/// @param connections which send one request after the other
record Load(int rounds, int seconds, int warmupRounds, int connections) {}
