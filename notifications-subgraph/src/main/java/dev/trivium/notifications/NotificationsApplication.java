package dev.trivium.notifications;

import dev.trivium.notifications.domain.Announcements;
import dev.trivium.notifications.domain.NotificationStore;
import dev.trivium.notifications.domain.Notifications;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// The notifications subgraph as a process.
@SpringBootApplication(proxyBeanMethods = false)
public class NotificationsApplication {
    public static void main(String[] args) {
        SpringApplication.run(NotificationsApplication.class, args);
    }

    @Bean
    Notifications notifications(NotificationStore store, Announcements announcements) {
        return new Notifications(store, announcements, Clock.systemUTC());
    }
}
