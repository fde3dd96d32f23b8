package dev.pocketflow.quarkus.internal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

import dev.pocketflow.quarkus.EnvelopeConfig;
import dev.pocketflow.quarkus.EnvelopeConfig.SealMode;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/** The configured keys: all of them open, one seals, one encrypts secrets. What is wrong with them is said at start-up. */
final class SealKeys {

    static final String KID = "[A-Za-z0-9._~-]{1,64}";

    private static final String PREFIX = "pocketflow.envelope.";
    private static final Pattern VALID_KID = Pattern.compile(KID);

    private final Map<String, SealKey> keys = new TreeMap<>();
    private final SealKey sealing;
    private final SymmetricKey secret;

    SealKeys(EnvelopeConfig config) {
        config.keys().forEach((kid, value) -> keys.put(kid, read(kid, value.strip())));
        sealing = sealing(config);
        secret = secret(config);
    }

    /** {@return Base64 of 32 random bytes: the value of a key for dev and test, where it may end with the process} */
    static String random() {
        byte[] bytes = new byte[SymmetricKey.MIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** {@return the key that seals; null if nothing is sealed and no key is named} */
    SealKey sealing() {
        return sealing;
    }

    /** {@return the key for secrets, null if there is none} */
    SymmetricKey secret() {
        return secret;
    }

    SealKey find(String kid) {
        SealKey key = keys.get(kid);
        if (key == null) {
            throw new EnvelopeRefused(Reason.UNKNOWN_KEY,
                    "the envelope is sealed with the key '" + kid + "', which is not among "
                            + PREFIX + "keys here: " + keys.keySet() + ". Add " + PREFIX + "keys." + kid
                            + ", if whoever has that key is trusted");
        }
        return key;
    }

    private SealKey sealing(EnvelopeConfig config) {
        SealKey key = named("key", config.key()).orElseGet(() -> keys.size() == 1 ? keys.values().iterator().next() : null);
        if (config.seal() == SealMode.NONE) {
            return key;
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no key to seal envelopes with: set " + PREFIX + "keys.<kid>=<Base64 of at"
                            + " least " + SymmetricKey.MIN_BYTES
                            + " random bytes>, or, where everyone who can send an event is trusted, "
                            + PREFIX + "seal=none");
        }
        if (key == null) {
            throw new IllegalArgumentException("set " + PREFIX + "key to the key that seals: one of " + keys.keySet());
        }
        if (config.seal() == SealMode.ENCRYPTED && !key.encrypts()) {
            throw new IllegalArgumentException("the key '" + key.kid + "' signs and does not encrypt: with " + PREFIX
                    + "seal=encrypted, " + PREFIX + "key must name a symmetric key");
        }
        if (!key.signs()) {
            throw new IllegalArgumentException("the key '" + key.kid + "' is a public one, which only verifies: " + PREFIX
                    + "key must name one that has its private part");
        }
        return key;
    }

    private SymmetricKey secret(EnvelopeConfig config) {
        Optional<SealKey> named = named("secret-key", config.secretKey());
        if (named.isPresent() && !named.get().encrypts()) {
            throw new IllegalArgumentException("the key '" + named.get().kid + "' signs and does not encrypt: " + PREFIX
                    + "secret-key must name a symmetric key");
        }
        return named.orElse(sealing) instanceof SymmetricKey symmetric ? symmetric : null;
    }

    private Optional<SealKey> named(String property, Optional<String> kid) {
        return kid.map(name -> Optional.ofNullable(keys.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        PREFIX + property + " is '" + name + "', which is not among " + PREFIX
                                + "keys: " + keys.keySet())));
    }

    private static SealKey read(String kid, String value) {
        String property = PREFIX + "keys." + kid;
        if (!VALID_KID.matcher(kid).matches()) {
            throw new IllegalArgumentException("'" + kid + "' is no id for a key: take 1 to 64 letters, digits, and . _ ~ -");
        }
        return value.startsWith("{") ? jwk(kid, value, property) : symmetric(kid, base64(value, property), property);
    }

    private static SealKey symmetric(String kid, byte[] secret, String property) {
        if (secret.length < SymmetricKey.MIN_BYTES) {
            throw new IllegalArgumentException(
                    property + " must have at least " + SymmetricKey.MIN_BYTES + " bytes, had " + secret.length);
        }
        return new SymmetricKey(kid, secret);
    }

    private static SealKey jwk(String kid, String value, String property) {
        Map<String, Object> jwk = parse(value, property);
        if ("oct".equals(jwk.get("kty"))) {
            return symmetric(kid, bytes(jwk, "k", property), property);
        }
        if (!"OKP".equals(jwk.get("kty")) || !Ed25519Key.CURVE.equals(jwk.get("crv"))) {
            throw new IllegalArgumentException(
                    property + " is a JWK of a type that is not supported: take kty oct, or kty OKP with"
                            + " crv Ed25519");
        }
        byte[] x = point(jwk, "x", property);
        try {
            return new Ed25519Key(kid, x, jwk.containsKey("d") ? point(jwk, "d", property) : null);
        } catch (JoseException e) {
            throw new IllegalArgumentException(property + " is no Ed25519 key, or its x and d do not belong together");
        }
    }

    private static byte[] point(Map<String, Object> jwk, String member, String property) {
        byte[] bytes = bytes(jwk, member, property);
        if (bytes.length != Ed25519Key.BYTES) {
            throw new IllegalArgumentException(property + ": " + member + " must have " + Ed25519Key.BYTES + " bytes, had "
                    + bytes.length);
        }
        return bytes;
    }

    private static byte[] bytes(Map<String, Object> jwk, String member, String property) {
        if (jwk.get(member) instanceof String text) {
            return base64(text, property + ": " + member);
        }
        throw new IllegalArgumentException(property + " is a JWK without " + member);
    }

    /** Parsing errors quote the text: they are no cause. */
    private static Map<String, Object> parse(String json, String property) {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException | RuntimeException | Error e) {
            throw new IllegalArgumentException(property + " begins like a JWK and is no JSON");
        }
    }

    private static byte[] base64(String text, String what) {
        try {
            return Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is neither Base64 nor Base64url");
        }
    }
}
