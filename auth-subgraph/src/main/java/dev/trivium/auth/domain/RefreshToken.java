package dev.trivium.auth.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A refresh token: the family it belongs to and a secret, 128 and 256 random bits, as
/// `<family>.<secret>` in Base64.
///
/// Whoever shows the right family with a wrong secret has held a token of that family, for the
/// family part appears nowhere else.
record RefreshToken(String family, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern FORM = Pattern.compile("([\\w-]{22})\\.([\\w-]{43})");

    static RefreshToken random() {
        return new RefreshToken(random(16), random(32));
    }

    static String nonce() {
        return random(16);
    }

    static Optional<RefreshToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new RefreshToken(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /// The token that this one is exchanged for. Derived from this secret and a stored nonce, so
    /// that a retry gets the same token again although only its hash is stored.
    RefreshToken successor(String nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), mac.getAlgorithm()));
            return new RefreshToken(family, BASE64.encodeToString(mac.doFinal(bytes(nonce))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    String familyHash() {
        return hash(family);
    }

    String secretHash() {
        return hash(secret);
    }

    /// Compares in constant time.
    static boolean sameHash(String one, String other) {
        return MessageDigest.isEqual(bytes(one), bytes(other));
    }

    /// The token as the client gets it.
    String text() {
        return family + "." + secret;
    }

    /// Shows nothing, so that no log does.
    @Override
    public String toString() {
        return "RefreshToken[…]";
    }

    /// A plain hash is enough: the input is random and long.
    private static String hash(String text) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
