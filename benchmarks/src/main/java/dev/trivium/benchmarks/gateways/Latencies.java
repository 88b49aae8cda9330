package dev.trivium.benchmarks.gateways;

/// Durations in microseconds, counted in buckets that are at most 1/64 of their value wide. For one
/// thread.
final class Latencies {
    /// Values below are counted exactly; of those above, the highest six bits and the power of two.
    private static final int EXACT = 128;

    private static final int STEPS = 64;

    private final long[] counts = new long[EXACT + STEPS * 56];
    private long total;

    void record(long micros) {
        counts[bucket(micros)]++;
        total++;
    }

    long total() {
        return total;
    }

    /// The least bucket's value that is not below the given share of all durations, 0 if there are
    /// none.
    long quantile(double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return value(i);
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        if (micros < EXACT) {
            return (int) Math.max(micros, 0);
        }
        int shift = 64 - Long.numberOfLeadingZeros(micros) - 7;
        return EXACT + (shift - 1) * STEPS + (int) (micros >>> shift) - STEPS;
    }

    /// The middle of a bucket.
    private static long value(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int shift = (bucket - EXACT) / STEPS + 1;
        long lowest = (long) ((bucket - EXACT) % STEPS + STEPS) << shift;
        return lowest + (1L << (shift - 1));
    }
}
