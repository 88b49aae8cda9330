package dev.trivium.events;

import dev.trivium.events.domain.EventStore;
import dev.trivium.events.domain.Events;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// The events subgraph as a process.
@SpringBootApplication(proxyBeanMethods = false)
public class EventsApplication {
    public static void main(String[] args) {
        SpringApplication.run(EventsApplication.class, args);
    }

    @Bean
    Events events(EventStore store) {
        return new Events(store, Clock.systemUTC());
    }
}
