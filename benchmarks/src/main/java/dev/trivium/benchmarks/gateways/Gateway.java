package dev.trivium.benchmarks.gateways;

import java.util.List;
import java.util.Map;

/// How to start a gateway.
///
/// @param environment in addition to that of this process
/// @param url where it will answer
record Gateway(String name, List<String> command, Map<String, String> environment, String url) {}
