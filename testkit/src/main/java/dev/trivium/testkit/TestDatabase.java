package dev.trivium.testkit;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.trivium.local.EmbeddedMongo;
import org.testcontainers.mongodb.MongoDBContainer;

/// A MongoDB database with a random name, dropped when closed.
///
/// It is on the server that `MONGODB_URI` names; without one, on MongoDB in a container where a
/// Docker engine answers; else on the embedded server. The first one prints which.
public final class TestDatabase implements AutoCloseable {
    private static final String IMAGE = "mongo:8";

    private final String name = Names.random("test");

    public TestDatabase() {}

    public String name() {
        return name;
    }

    /// The connection string, with the database.
    public String uri() {
        return Uris.withPath(Server.URI, name);
    }

    @Override
    public void close() {
        try (MongoClient client = MongoClients.create(uri())) {
            client.getDatabase(name).drop();
        }
    }

    /// The server of this JVM; started when first used, gone with the JVM.
    private static final class Server {
        static final String URI = start();

        private static String start() {
            String named = System.getenv("MONGODB_URI");
            if (named != null && !named.isBlank()) {
                return chosen("MONGODB_URI", new ConnectionString(named).getConnectionString());
            }
            if (Docker.answers()) {
                // Testcontainers removes it when this JVM ends.
                @SuppressWarnings("resource")
                MongoDBContainer container = new MongoDBContainer(IMAGE);
                container.start();
                return chosen("Testcontainers (" + IMAGE + ")", container.getConnectionString());
            }
            return chosen("embedded", EmbeddedMongo.inMemory(0).uri());
        }

        private static String chosen(String which, String uri) {
            System.out.println("Tests use MongoDB from: " + which);
            return uri;
        }
    }
}
