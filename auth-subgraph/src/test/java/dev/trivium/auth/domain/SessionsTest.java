package dev.trivium.auth.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private final Fakes.Time time = new Fakes.Time();
    private final Fakes.Families store = new Fakes.Families();
    private final Sessions sessions = new Sessions(store, new Fakes.Tokens(), time.clock());

    @Test
    void aNewSessionHoldsBothTokens() {
        Session session = sessions.open("ann");
        assertThat(session.accessToken()).startsWith("access-ann-");
        assertThat(session.expiresIn()).isEqualTo(600);
        assertThat(session.refreshToken()).matches("[\\w-]{22}\\.[\\w-]{43}");
    }

    @Test
    void eachRefreshTokenBuysTheNext() {
        String token = sessions.open("ann").refreshToken();
        for (int i = 0; i < 5; i++) {
            time.pass(Duration.ofHours(1));
            Session next = refreshed(token);
            assertThat(next.refreshToken()).isNotEqualTo(token);
            assertThat(next.accessToken()).startsWith("access-ann-");
            token = next.refreshToken();
        }
        assertThat(store.families).hasSize(1);
    }

    @Test
    void storesNoToken() {
        String token = refreshed(sessions.open("ann").refreshToken()).refreshToken();
        String stored = store.families.toString();
        for (String part : token.split("\\.", -1)) {
            assertThat(stored).doesNotContain(part);
        }
    }

    @Test
    void aTokenThatIsShownAgainEndsTheSession() {
        String first = sessions.open("ann").refreshToken();
        String second = refreshed(first).refreshToken();
        time.pass(Sessions.RETRY_GRACE.plusMillis(1));
        assertRefused(first);
        assertRefused(second);
    }

    @Test
    void anOlderTokenEndsTheSessionWithinTheGraceToo() {
        String first = sessions.open("ann").refreshToken();
        String second = refreshed(first).refreshToken();
        String third = refreshed(second).refreshToken();
        assertRefused(first);
        assertRefused(third);
    }

    @Test
    void aRetryGetsTheSameRefreshTokenAgain() {
        String first = sessions.open("ann").refreshToken();
        String second = refreshed(first).refreshToken();
        time.pass(Sessions.RETRY_GRACE);
        assertThat(refreshed(first).refreshToken()).isEqualTo(second);
        assertThat(refreshed(second).refreshToken()).isNotEqualTo(second);
    }

    @Test
    void twoAttemptsAtOnceGetTheSameRefreshToken() {
        String first = sessions.open("ann").refreshToken();
        var other = new AtomicReference<String>();
        store.meanwhile = () -> other.set(refreshed(first).refreshToken());
        assertThat(refreshed(first).refreshToken()).isEqualTo(other.get());
    }

    @Test
    void aSessionThatEndsDuringARefreshStaysEnded() {
        String first = sessions.open("ann").refreshToken();
        store.meanwhile = () -> sessions.end(first);
        assertRefused(first);
        assertThat(store.families).isEmpty();
    }

    @Test
    void aSessionEndsAfterThirtyDaysHoweverOftenItIsRenewed() {
        String token = sessions.open("ann").refreshToken();
        for (int day = 1; day < Sessions.LIFETIME.toDays(); day++) {
            time.pass(Duration.ofDays(1));
            token = refreshed(token).refreshToken();
        }
        time.pass(Duration.ofDays(1));
        assertRefused(token);
    }

    @Test
    void anEndedSessionCannotBeRenewedAndOthersGoOn() {
        String ended = sessions.open("ann").refreshToken();
        String other = sessions.open("ann").refreshToken();
        sessions.end(ended);
        assertRefused(ended);
        assertThat(refreshed(other).accessToken()).isNotEmpty();
    }

    @Test
    void aWrongSecretOfTheRightFamilyEndsTheSession() {
        String token = sessions.open("ann").refreshToken();
        String wrong = token.substring(0, token.indexOf('.') + 1) + "A".repeat(43);
        assertRefused(wrong);
        assertRefused(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "null", "AAAAAAAAAAAAAAAAAAAAAA"})
    void nonsenseIsRefused(String token) {
        sessions.open("ann");
        assertRefused(token);
        sessions.end(token);
        assertThat(store.families).hasSize(1);
    }

    private Session refreshed(String token) {
        return switch (sessions.refresh(token)) {
            case RefreshResult.Refreshed(var session) -> session;
            case RefreshResult.Refused _ -> throw new AssertionError("refused");
        };
    }

    private void assertRefused(String token) {
        assertThat(sessions.refresh(token)).isEqualTo(new RefreshResult.Refused());
    }
}
