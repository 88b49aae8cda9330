package dev.trivium.starter;

import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import java.util.stream.Stream;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpIOException;
import org.springframework.dao.DataAccessResourceFailureException;

/// Tells a server that is out of reach, which passes, from a failure that would come back.
final class Outages {
    private Outages() {}

    static boolean isOutage(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(Outages::isOutOfReach);
    }

    private static boolean isOutOfReach(Throwable thrown) {
        return switch (thrown) {
            case DataAccessResourceFailureException _,
                    MongoSocketException _,
                    MongoTimeoutException _,
                    MongoNotPrimaryException _,
                    MongoNodeIsRecoveringException _,
                    MongoInterruptedException _,
                    AmqpConnectException _,
                    AmqpIOException _ ->
                    true;
            default -> false;
        };
    }
}
