package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {
    private Instant now = Instant.parse("2026-05-01T18:00:00Z");
    private JWKSet published = new JWKSet(key("one"));
    private boolean reachable = true;
    private int fetches;

    private final RemoteKeys keys = new RemoteKeys(this::fetch, clock());

    @Test
    void fetchesOnceForManyTokens() throws KeySourceException {
        for (int i = 0; i < 100; i++) {
            assertThat(find("one")).hasSize(1);
        }
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void findsANewKeyAtItsFirstUse() throws KeySourceException {
        assertThat(find("one")).hasSize(1);
        published = new JWKSet(List.of(key("one"), key("two")));
        pass(Duration.ofSeconds(31));
        assertThat(find("two")).hasSize(1);
    }

    @Test
    void forgetsAWithdrawnKey() throws KeySourceException {
        assertThat(find("one")).hasSize(1);
        published = new JWKSet(key("two"));
        pass(RemoteKeys.RENEW.plusSeconds(1));
        assertThat(find("one")).isEmpty();
    }

    @Test
    void aFloodOfUnknownKeyIdsCausesOneFetchInThirtySeconds() throws KeySourceException {
        assertThat(find("one")).hasSize(1);
        pass(Duration.ofSeconds(31));
        for (int i = 0; i < 100; i++) {
            assertThat(find("random" + i)).isEmpty();
            pass(Duration.ofMillis(100));
        }
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void keepsTheLastKeysForAnHourWhileTheIssuerIsAway() throws KeySourceException {
        assertThat(find("one")).hasSize(1);
        reachable = false;
        pass(RemoteKeys.EXPIRE.minusSeconds(1));
        assertThat(find("one")).hasSize(1);
        pass(Duration.ofSeconds(2));
        assertThatExceptionOfType(JWKSetUnavailableException.class).isThrownBy(() -> find("one"));
    }

    @Test
    void recoversWithinASecondWhenTheIssuerComesBack() throws KeySourceException {
        reachable = false;
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(JWKSetUnavailableException.class)
                    .isThrownBy(() -> find("one"));
        }
        assertThat(fetches).isEqualTo(1);
        reachable = true;
        pass(RemoteKeys.FAILURE_PAUSE);
        assertThat(find("one")).hasSize(1);
    }

    private List<JWK> find(String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    private JWKSet fetch() throws IOException {
        fetches++;
        if (!reachable) {
            throw new IOException("away");
        }
        return published;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private static JWK key(String id) {
        return new OctetSequenceKey.Builder(id.getBytes(StandardCharsets.UTF_8)).keyID(id).build();
    }
}
