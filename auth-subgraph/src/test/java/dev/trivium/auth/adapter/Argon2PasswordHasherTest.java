package dev.trivium.auth.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.auth.domain.Password;
import org.junit.jupiter.api.Test;

class Argon2PasswordHasherTest {
    private final Argon2PasswordHasher hasher = new Argon2PasswordHasher();
    private final Password password = new Password("correct horse battery");

    @Test
    void hashesWithTheRecommendedEffortAndItsOwnSalt() {
        String hash = hasher.hash(password);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.hash(password)).isNotEqualTo(hash);
        assertThat(hasher.isOutdated(hash)).isFalse();
    }

    @Test
    void matchesThePasswordToItsLastCharacter() {
        var longPassword = new Password("p".repeat(127) + "q");
        String hash = hasher.hash(longPassword);
        assertThat(hasher.matches(longPassword, hash)).isTrue();
        assertThat(hasher.matches(new Password("p".repeat(128)), hash)).isFalse();
        assertThat(hasher.matches(password, hash)).isFalse();
    }

    @Test
    void knowsAHashThatWasMadeWithLessEffort() {
        String weak =
                "$argon2id$v=19$m=4096,t=1,p=1$MTIzNDU2Nzg5MDEyMzQ1Ng$"
                        + "n4gx1Ez8OJV5AYTTqqHqDD2TYZp3ZJJAPY5LVP8AcRo";
        assertThat(hasher.isOutdated(weak)).isTrue();
    }
}
