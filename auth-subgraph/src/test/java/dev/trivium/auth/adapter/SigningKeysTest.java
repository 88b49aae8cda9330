package dev.trivium.auth.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.trivium.testkit.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class SigningKeysTest {
    @Test
    void instancesThatStartAtOnceEndWithOneKey() {
        try (var database = new TestDatabase();
                MongoClient client = MongoClients.create(database.uri())) {
            var mongo = new MongoTemplate(client, database.name());
            List<SigningKeys> instances =
                    IntStream.range(0, 6).mapToObj(i -> new SigningKeys(mongo)).toList();
            instances.parallelStream().forEach(SigningKeys::apply);
            assertThat(instances)
                    .extracting(keys -> keys.current().toJSONString())
                    .containsOnly(instances.getFirst().current().toJSONString());
        }
    }
}
