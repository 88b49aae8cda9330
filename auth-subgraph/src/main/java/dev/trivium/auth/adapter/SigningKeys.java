package dev.trivium.auth.adapter;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.trivium.starter.DatabaseSetup;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.stereotype.Component;

/// The RS256 key that access tokens are signed with, in the collection `signingKeys`. Made once, at
/// the very first start. Keys are numbered, and the number is the document's id: of several
/// instances that start at once, one inserts key 1 and the others read it.
@Component
final class SigningKeys implements DatabaseSetup, JWKSource<SecurityContext> {
    private static final int FIRST = 1;
    private static final int BITS = 2048;

    private final MongoOperations mongo;
    private volatile @Nullable RSAKey key;

    SigningKeys(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// @param jwk the key pair as a JSON Web Key
    @Document("signingKeys")
    record SigningKey(int id, String jwk, Instant createdAt) {
        @Override
        public String toString() {
            return "SigningKey[" + id + "]";
        }
    }

    @Override
    public void apply() {
        SigningKey stored = mongo.findById(FIRST, SigningKey.class);
        key = parse(stored != null ? stored : create());
    }

    private SigningKey create() {
        var made = new SigningKey(FIRST, generate().toJSONString(), Instant.now());
        try {
            return mongo.insert(made);
        } catch (DuplicateKeyException e) {
            SigningKey other = mongo.findById(FIRST, SigningKey.class);
            if (other == null) {
                throw e;
            }
            return other;
        }
    }

    /// The key to sign with, private part included.
    RSAKey current() {
        RSAKey current = key;
        if (current == null) {
            throw new IllegalStateException(
                    "The keys are not loaded: the database is out of reach");
        }
        return current;
    }

    boolean isLoaded() {
        return key != null;
    }

    /// What verifiers may know.
    JWKSet publicKeys() {
        return new JWKSet(current().toPublicJWK());
    }

    /// The keys by which this service checks the tokens that are sent to it.
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(publicKeys());
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot make an RSA key", e);
        }
    }

    private static RSAKey parse(SigningKey stored) {
        try {
            return RSAKey.parse(stored.jwk());
        } catch (ParseException e) {
            throw new IllegalStateException("The stored signing key is not a key", e);
        }
    }
}
