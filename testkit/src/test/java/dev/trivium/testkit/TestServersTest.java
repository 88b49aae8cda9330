package dev.trivium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("broker")
@Timeout(120)
class TestServersTest {
    @Test
    void aDatabaseIsUsableAndDroppedWhenClosed() {
        String uri;
        String name;
        try (TestDatabase database = new TestDatabase();
                MongoClient client = MongoClients.create(database.uri())) {
            uri = database.uri();
            name = database.name();
            client.getDatabase(name).getCollection("things").insertOne(new Document("a", 1));
            assertThat(client.listDatabaseNames()).contains(name);
        }
        try (MongoClient client = MongoClients.create(uri)) {
            assertThat(client.listDatabaseNames()).doesNotContain(name);
        }
    }

    @Test
    void aVirtualHostIsUsableAndDeletedWhenClosed() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        try (TestVirtualHost host = new TestVirtualHost()) {
            factory.setUri(host.uri());
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                channel.queueDeclare("things", true, false, false, Map.of());
                assertThat(channel.messageCount("things")).isZero();
            }
        }
        assertThatThrownBy(factory::newConnection).isInstanceOf(Exception.class);
    }

    @Test
    void commandsAreCountedWithoutTheDriversOwn() {
        CommandCounter counter = new CommandCounter();
        try (TestDatabase database = new TestDatabase();
                MongoClient client = MongoClients.create(settings(database, counter))) {
            var things = client.getDatabase(database.name()).getCollection("things");
            things.insertOne(new Document("a", 1));
            assertThat(things.countDocuments()).isEqualTo(1);
            assertThat(counter.commands()).containsExactly("insert", "aggregate");
            counter.reset();
            assertThat(counter.commands()).isEmpty();
        }
    }

    @Test
    void aReplyToACommandFromBeforeTheResetIsNotKept() {
        CommandCounter counter = new CommandCounter();
        try (TestDatabase database = new TestDatabase();
                MongoClient client =
                        MongoClients.create(
                                MongoClientSettings.builder(settings(database, counter))
                                        .addCommandListener(resetWhenStarted(counter, "insert"))
                                        .build())) {
            var things = client.getDatabase(database.name()).getCollection("things");
            things.insertOne(new Document("a", 1));
            assertThat(counter.replies()).isEmpty();
            assertThat(things.countDocuments()).isEqualTo(1);
            assertThat(counter.replies()).singleElement().asString().contains("\"n\": 1");
        }
    }

    private static CommandListener resetWhenStarted(CommandCounter counter, String command) {
        return new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals(command)) {
                    counter.reset();
                }
            }
        };
    }

    private static MongoClientSettings settings(TestDatabase database, CommandCounter counter) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(database.uri()))
                .addCommandListener(counter)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "mongodb://a:1, mongodb://a:1/x",
        "'mongodb://a:1,b:2/', 'mongodb://a:1,b:2/x'",
        "mongodb://u:p@a:1/db?w=1, mongodb://u:p@a:1/x?w=1",
        "mongodb://a:1?w=1, mongodb://a:1/x?w=1",
        "amqp://guest:guest@a:1/%2f, amqp://guest:guest@a:1/x",
    })
    void aConnectionStringIsTurnedToAnotherPath(String uri, String expected) {
        assertThat(Uris.withPath(uri, "x")).isEqualTo(expected);
    }
}
