package dev.trivium.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class EmbeddedMongoTest {
    private static final int WRITES = 400;

    @TempDir Path data;

    @Test
    void answersHello() {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
                MongoClient client = MongoClients.create(mongo.uri())) {
            Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
            assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
            assertThat(hello.getDouble("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void compactionAtStartKeepsTheDataAndShrinksTheFile() throws IOException {
        long grown = writeManyTimes();
        try (EmbeddedMongo mongo = EmbeddedMongo.persistent(data, 0);
                MongoClient client = MongoClients.create(mongo.uri())) {
            assertThat(Files.size(file())).isLessThan(grown / 4);
            assertThatDataAreThere(client);
        }
    }

    @Test
    void compactionWhenIdleKeepsTheDataAndShrinksTheFile() throws IOException {
        try (EmbeddedMongo mongo = EmbeddedMongo.persistent(data, 0);
                MongoClient client = MongoClients.create(mongo.uri())) {
            long grown = write(client);
            Await.until(() -> size() < grown / 2);
            assertThatDataAreThere(client);
            numbers(client).insertOne(new Document("_id", "later"));
            assertThat(numbers(client).countDocuments()).isEqualTo(WRITES + 1L);
        }
    }

    @Test
    void aSecondServerCannotOpenTheSameDirectory() {
        try (EmbeddedMongo _ = EmbeddedMongo.persistent(data, 0)) {
            assertThatThrownBy(() -> EmbeddedMongo.persistent(data, 0))
                    .isInstanceOf(MVStoreException.class);
        }
    }

    private long writeManyTimes() throws IOException {
        try (EmbeddedMongo mongo = EmbeddedMongo.persistent(data, 0);
                MongoClient client = MongoClients.create(mongo.uri())) {
            return write(client);
        }
    }

    private long write(MongoClient client) throws IOException {
        MongoCollection<Document> numbers = numbers(client);
        numbers.createIndex(Indexes.ascending("n"), new IndexOptions().unique(true));
        for (int n = 0; n < WRITES; n++) {
            numbers.insertOne(new Document("_id", "id-" + n).append("n", n));
            numbers.updateOne(Filters.eq("n", n), Updates.set("square", n * n));
        }
        return Files.size(file());
    }

    private static void assertThatDataAreThere(MongoClient client) {
        MongoCollection<Document> numbers = numbers(client);
        assertThat(numbers.countDocuments()).isEqualTo(WRITES);
        assertThat(numbers.find(Filters.eq("n", 7)).first())
                .containsEntry("_id", "id-7")
                .containsEntry("square", 49);
        assertThatThrownBy(() -> numbers.insertOne(new Document("_id", "other").append("n", 7)))
                .isInstanceOf(MongoWriteException.class);
    }

    private static MongoCollection<Document> numbers(MongoClient client) {
        return client.getDatabase("compaction").getCollection("numbers");
    }

    private Path file() {
        return data.resolve("mongodb.mv");
    }

    private long size() {
        try {
            return Files.size(file());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
