package dev.trivium.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DurabilityTest {
    private static final int WRITERS = 8;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 800;

    @TempDir Path data;

    @Test
    void everyAcknowledgedWriteSurvivesAKill() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (LocalProcess servers = LocalProcess.start(data);
                MongoClient client = MongoClients.create(servers.mongodbUri());
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            MongoCollection<Document> collection = documents(client);
            collection.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = writer + "-";
                writers.execute(() -> insertUntilKilled(collection, prefix, acknowledged));
            }
            Await.until(() -> acknowledged.size() >= ACKNOWLEDGED_BEFORE_KILL);
            servers.kill();
        }
        try (LocalProcess servers = LocalProcess.start(data);
                MongoClient client = MongoClients.create(servers.mongodbUri())) {
            Set<String> found =
                    StreamSupport.stream(documents(client).find().spliterator(), false)
                            .map(document -> document.getString("_id"))
                            .collect(Collectors.toSet());
            assertThat(found).containsAll(acknowledged);
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
            assertThatIndexesAgreeWithDocuments(documents(client), acknowledged, found);
        }
    }

    /// What was under way at the kill is there wholly or not at all: the next insert of the same
    /// name fails exactly when its document is there.
    private static void assertThatIndexesAgreeWithDocuments(
            MongoCollection<Document> collection, Set<String> acknowledged, Set<String> found) {
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = writer + "-";
            long next = acknowledged.stream().filter(id -> id.startsWith(prefix)).count();
            String id = prefix + next;
            if (!found.contains(id)) {
                collection.insertOne(new Document("_id", id).append("name", id));
            }
            assertThat(collection.countDocuments(new Document("name", id))).isEqualTo(1);
        }
    }

    private static void insertUntilKilled(
            MongoCollection<Document> collection, String prefix, Set<String> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                String id = prefix + i;
                collection.insertOne(new Document("_id", id).append("name", id));
                acknowledged.add(id);
            }
        } catch (MongoException e) {
            // The server is gone, which ends the test's writing.
        }
    }

    @Test
    void confirmedMessagesQueuesAndBindingsSurviveAKill() throws Exception {
        try (LocalProcess servers = LocalProcess.start(data)) {
            Channel channel = Amqp.connect(servers.amqpUri()).createChannel();
            channel.exchangeDeclare("things", "topic", true);
            channel.queueDeclare("all", true, false, false, Map.of());
            channel.queueBind("all", "things", "thing.*");
            channel.confirmSelect();
            for (int i = 0; i < 100; i++) {
                publish(channel, "before-" + i);
            }
            channel.waitForConfirmsOrDie(10_000);
            servers.kill();
        }
        try (LocalProcess servers = LocalProcess.start(data);
                Connection connection = Amqp.connect(servers.amqpUri())) {
            Channel channel = connection.createChannel();
            publish(channel, "after");
            List<String> received = new ArrayList<>();
            for (GetResponse got = channel.basicGet("all", true);
                    got != null;
                    got = channel.basicGet("all", true)) {
                received.add(new String(got.getBody(), StandardCharsets.UTF_8));
            }
            assertThat(received).hasSize(101).contains("before-0", "before-99").endsWith("after");
        }
    }

    private static void publish(Channel channel, String body) throws Exception {
        channel.basicPublish(
                "things",
                "thing.new",
                MessageProperties.PERSISTENT_BASIC,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static MongoCollection<Document> documents(MongoClient client) {
        return client.getDatabase("durability")
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                .getCollection("documents");
    }
}
