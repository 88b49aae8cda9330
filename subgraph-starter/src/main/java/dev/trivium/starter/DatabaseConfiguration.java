package dev.trivium.starter;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import jakarta.servlet.Filter;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/// MongoDB: durable writes, short timeouts, a database of the service's own, and a start that does
/// not depend on it.
@AutoConfiguration(after = MongoAutoConfiguration.class, before = DataMongoAutoConfiguration.class)
@EnableConfigurationProperties(SubgraphProperties.class)
class DatabaseConfiguration {

    /// Applied before the connection string, which may say otherwise. A request that cannot be
    /// served fails well before the router gives up on it.
    @Bean
    @Order(-1)
    MongoClientSettingsBuilderCustomizer durableAndImpatient() {
        return settings ->
                settings.writeConcern(WriteConcern.MAJORITY.withJournal(true))
                        .applyToClusterSettings(
                                cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                        .applyToConnectionPoolSettings(
                                pool -> pool.maxSize(50).maxWaitTime(3, TimeUnit.SECONDS))
                        .applyToSocketSettings(socket ->
                                socket.connectTimeout(2, TimeUnit.SECONDS)
                                        .readTimeout(10, TimeUnit.SECONDS));
    }

    /// The database of the connection string; the service's own where that names none.
    @Bean
    @ConditionalOnMissingBean(MongoDatabaseFactory.class)
    SimpleMongoClientDatabaseFactory mongoDatabaseFactory(
            MongoClient client, MongoConnectionDetails connection, SubgraphProperties properties) {
        String database = connection.getConnectionString().getDatabase();
        return new SimpleMongoClientDatabaseFactory(
                client, database != null ? database : properties.subgraph().database());
    }

    @Bean
    DatabaseReadiness databaseReadiness(ObjectProvider<DatabaseSetup> setups) {
        return new DatabaseReadiness(setups.orderedStream().toList());
    }

    @Bean
    FilterRegistrationBean<Filter> databaseGate(DatabaseReadiness database) {
        var registration = new FilterRegistrationBean<Filter>(new DatabaseGate(database));
        registration.addUrlPatterns("/graphql");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
