package dev.trivium.auth.adapter;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Publishes the keys that access tokens are verified with (RFC 7517).
@RestController
final class KeySetController {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SigningKeys keys;

    KeySetController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Map<String, Object>> keys() {
        return keys.isLoaded()
                ? ResponseEntity.ok()
                        .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                        .body(keys.publicKeys().toJSONObject())
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
    }
}
