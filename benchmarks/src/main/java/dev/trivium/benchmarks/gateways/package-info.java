/// Whole gateways under load: `./trivium bench`. The subgraphs, the load generator and each gateway
/// are processes of their own; {@link dev.trivium.benchmarks.gateways.BenchCommand} starts them,
/// asks the operating system what they used, and stops them.
@NullMarked
package dev.trivium.benchmarks.gateways;

import org.jspecify.annotations.NullMarked;
