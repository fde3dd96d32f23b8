package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.jose4j.base64url.Base64Url;

import dev.pocketflow.quarkus.EnvelopeConfig;

/** A configuration, as a value. */
record Settings(SealMode seal, Map<String, String> keys, Optional<String> key, Optional<String> secretKey, int maxBytes,
        int maxDepth) implements EnvelopeConfig {

    /** Keys for tests, each byte of it the same. */
    static final String K1 = symmetric(1);
    static final String K2 = symmetric(2);

    /** The key pair of RFC 8037, appendix A. */
    static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    static final String PUBLIC = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + X + "\"}";
    static final String PAIR = PUBLIC.replace("}", ",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}");

    static Settings of(SealMode seal, Map<String, String> keys) {
        return new Settings(seal, keys, Optional.empty(), Optional.empty(), 6 * 1024 * 1024, 200);
    }

    static Settings signed(Map<String, String> keys) {
        return of(SealMode.SIGNED, keys);
    }

    static Settings encrypted(Map<String, String> keys) {
        return of(SealMode.ENCRYPTED, keys);
    }

    static Settings none() {
        return of(SealMode.NONE, Map.of());
    }

    Settings key(String kid) {
        return new Settings(seal, keys, Optional.of(kid), secretKey, maxBytes, maxDepth);
    }

    Settings secretKey(String kid) {
        return new Settings(seal, keys, key, Optional.of(kid), maxBytes, maxDepth);
    }

    Settings maxBytes(int bytes) {
        return new Settings(seal, keys, key, secretKey, bytes, maxDepth);
    }

    Settings maxDepth(int depth) {
        return new Settings(seal, keys, key, secretKey, maxBytes, depth);
    }

    @Override
    public Duration expires() {
        return Duration.ofDays(1);
    }

    @Override
    public Duration restExpires() {
        return Duration.ofDays(365);
    }

    @Override
    public OptionalInt limit() {
        return OptionalInt.empty();
    }

    static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static String symmetric(int value) {
        return Base64.getEncoder().encodeToString(bytes(value));
    }

    static byte[] publicKey() {
        return Base64Url.decode(X);
    }
}
