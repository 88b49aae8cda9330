package dev.trivium.auth;

import dev.trivium.auth.domain.AccessTokenIssuer;
import dev.trivium.auth.domain.Accounts;
import dev.trivium.auth.domain.PasswordHasher;
import dev.trivium.auth.domain.SessionStore;
import dev.trivium.auth.domain.Sessions;
import dev.trivium.auth.domain.UserStore;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// The auth subgraph as a process.
@SpringBootApplication(proxyBeanMethods = false)
public class AuthApplication {
    public static void main(String[] args) {
        SpringApplication.run(AuthApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Sessions sessions(SessionStore store, AccessTokenIssuer accessTokens, Clock clock) {
        return new Sessions(store, accessTokens, clock);
    }

    @Bean
    Accounts accounts(UserStore users, PasswordHasher passwords, Sessions sessions, Clock clock) {
        return new Accounts(users, passwords, sessions, clock);
    }
}
