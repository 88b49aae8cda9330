package dev.trivium.benchmarks.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void isAsExactAsItSays() {
        var random = new Random(1);
        var latencies = new Latencies();
        var values = random.longs(10_000, 0, 30).map(it -> 3L << it).toArray();
        Arrays.stream(values).forEach(latencies::record);
        Arrays.sort(values);

        assertThat(latencies.total()).isEqualTo(values.length);
        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            assertThat(latencies.quantile(share))
                    .isCloseTo(
                            values[(int) Math.ceil(share * values.length) - 1],
                            Percentage.withPercentage(100.0 / 64));
        }
    }

    @Test
    void countsSmallValuesExactly() {
        var latencies = new Latencies();
        for (int i = 1; i <= 100; i++) {
            latencies.record(i);
        }

        assertThat(latencies.quantile(0.5)).isEqualTo(50);
        assertThat(latencies.quantile(0.99)).isEqualTo(99);
        assertThat(new Latencies().quantile(0.5)).isZero();
    }
}
