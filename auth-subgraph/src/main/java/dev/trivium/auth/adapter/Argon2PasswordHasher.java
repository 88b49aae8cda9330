package dev.trivium.auth.adapter;

import dev.trivium.auth.domain.Password;
import dev.trivium.auth.domain.PasswordHasher;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Argon2id with 19 MiB, two passes and one lane, which is what OWASP recommends at least. As many
/// hashes at once as there are cores: more would only take each other's memory and time.
@Component
final class Argon2PasswordHasher implements PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    @Override
    public String hash(Password password) {
        return onACore(() -> String.valueOf(encoder.encode(password.value())));
    }

    @Override
    public boolean matches(Password password, String hash) {
        return onACore(() -> encoder.matches(password.value(), hash));
    }

    @Override
    public boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> T onACore(Supplier<T> work) {
        try {
            if (!cores.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Too many passwords to hash at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        try {
            return work.get();
        } finally {
            cores.release();
        }
    }
}
