package dev.trivium.starter;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// Runs every [DatabaseSetup] before the port opens. Where the database is out of reach, the
/// service starts all the same and goes on trying.
final class DatabaseReadiness implements SmartLifecycle, HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(DatabaseReadiness.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<DatabaseSetup> setups;
    private volatile boolean ready;
    private volatile @Nullable Thread retrying;

    DatabaseReadiness(List<DatabaseSetup> setups) {
        this.setups = setups;
    }

    boolean isReady() {
        return ready;
    }

    @Override
    public Health health() {
        return (ready ? Health.up() : Health.outOfService()).build();
    }

    @Override
    public void start() {
        if (!attempt()) {
            retrying = Thread.ofVirtual().name("database-setup").start(this::retry);
        }
    }

    private void retry() {
        try {
            do {
                Thread.sleep(PAUSE);
            } while (!attemptAgain());
            log.info("The database answers");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where the first attempt would end the start, a later one must not leave a service behind
    /// that will never be ready: what is wrong with the database may be put right.
    private boolean attemptAgain() {
        try {
            return attempt();
        } catch (RuntimeException e) {
            log.error("The database cannot be set up, trying again", e);
            return false;
        }
    }

    private boolean attempt() {
        try {
            setups.forEach(DatabaseSetup::apply);
            ready = true;
        } catch (DataAccessException | MongoException e) {
            if (!Outages.isOutage(e)) {
                throw e;
            }
            if (retrying == null) {
                log.warn("Going on without the database until it answers: {}", e.toString());
            }
        }
        return ready;
    }

    @Override
    public void stop() {
        ready = false;
        if (retrying != null) {
            retrying.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return ready || (retrying != null && retrying.isAlive());
    }

    /// Early: before consumers, relay and web server.
    @Override
    public int getPhase() {
        return 0;
    }
}
