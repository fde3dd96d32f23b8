package dev.pocketflow.quarkus.internal.seal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.config.EnvelopeConfig.SealMode;
import dev.pocketflow.quarkus.internal.settings.FreeKeys;

/**
 * The configured keys: all of them open, one seals, one encrypts secrets. A key for secrets alone does not seal or open an
 * envelope. A mistake in the configuration fails the start.
 */
final class SealKeys {

    static final String KID = "[A-Za-z0-9._~-]{1,64}";

    private static final String PREFIX = "quarkus.pocketflow.envelope.";
    private static final Pattern VALID_KID = Pattern.compile(KID);

    private final FreeKeys<SealKey> keys;
    private final SealKey sealing;
    private final SymmetricKey secret;
    private final SealKey secretAlone; // null if the key that seals also encrypts secrets

    SealKeys(EnvelopeConfig config) {
        List<String> named = Stream.concat(config.key().stream(), config.secretKey().stream()).toList();
        Map<String, SealKey> read = new TreeMap<>();
        new FreeKeys<>(PREFIX + "keys", config.keys(), named).entries()
                .forEach((kid, value) -> read.put(kid, read(kid, value.strip())));
        keys = new FreeKeys<>(PREFIX + "keys", read, named);
        sealing = sealing(config);
        secret = secret(config);
        secretAlone = config.secretKey().isPresent() && secret != sealing ? secret : null;
    }

    /** {@return Base64 of 32 random bytes: the value of a key for dev and test, which may be lost with the process} */
    static String random() {
        byte[] bytes = new byte[SymmetricKey.MIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** {@return the key that seals; null if nothing is sealed and no key is named} */
    SealKey sealing() {
        return sealing;
    }

    /** {@return the key for secrets; null without one} */
    SymmetricKey secret() {
        return secret;
    }

    SealKey find(String kid) {
        SealKey key = keys.get(kid);
        if (key == null) {
            throw new EnvelopeRefused(Reason.UNKNOWN_KEY,
                    "the envelope is sealed with the key '" + kid + "', which is not among "
                            + PREFIX + "keys here: " + kids() + ". Add " + PREFIX + "keys." + kid
                            + ", if the owner of that key is trusted");
        }
        return key;
    }

    /**
     * {@return the key of an envelope's seal}
     *
     * @throws EnvelopeRefused if it is not configured, or is for secrets alone
     */
    SealKey findSealing(String kid) {
        SealKey key = find(kid);
        if (!seals(key)) {
            throw sealsNothing(key);
        }
        return key;
    }

    EnvelopeRefused sealsNothing(SealKey key) {
        return new EnvelopeRefused(Reason.UNKNOWN_KEY, "the envelope is sealed with the key '" + key.kid
                + "', which is for secrets only here and seals no run. Seal with the key that " + PREFIX + "key names");
    }

    /** {@return whether envelopes may be sealed with this key} */
    boolean seals(SealKey key) {
        return key != secretAlone && key.use != SealKey.Use.SECRETS;
    }

    private Set<String> kids() {
        return keys.entries().keySet();
    }

    private SealKey sealing(EnvelopeConfig config) {
        Map<String, SealKey> all = keys.entries();
        SealKey key = named("key", config.key()).orElseGet(() -> all.size() == 1 ? all.values().iterator().next() : null);
        if (config.seal() == SealMode.NONE) {
            return key;
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no key to seal envelopes with: set " + PREFIX + "keys.<kid>=<Base64 of at"
                            + " least " + SymmetricKey.MIN_BYTES
                            + " random bytes>, or, if everyone who can send an event is trusted, "
                            + PREFIX + "seal=none");
        }
        if (key == null) {
            throw new IllegalArgumentException("set " + PREFIX + "key to the key that seals: one of " + kids());
        }
        if (config.seal() == SealMode.ENCRYPTED && !key.encrypts()) {
            throw new IllegalArgumentException("the key '" + key.kid + "' signs and does not encrypt: with " + PREFIX
                    + "seal=encrypted, " + PREFIX + "key must name a symmetric key");
        }
        if (key.use == SealKey.Use.SECRETS) {
            throw new IllegalArgumentException("the key '" + key.kid + "' is a JWK with use enc, which is for secrets only: "
                    + PREFIX + "key must name another one");
        }
        if (!key.signs()) {
            throw new IllegalArgumentException("the key '" + key.kid + "' is a public key, which only verifies: " + PREFIX
                    + "key must name a key with its private part");
        }
        return key;
    }

    private SymmetricKey secret(EnvelopeConfig config) {
        Optional<SealKey> named = named("secret-key", config.secretKey());
        if (named.isPresent() && !named.get().encrypts()) {
            throw new IllegalArgumentException("the key '" + named.get().kid + "' signs and does not encrypt: " + PREFIX
                    + "secret-key must name a symmetric key");
        }
        if (named.isPresent() && named.get().use == SealKey.Use.SEALS) {
            throw new IllegalArgumentException("the key '" + named.get().kid + "' is a JWK with use sig, which is for seals "
                    + "only: " + PREFIX + "secret-key must name another one");
        }
        return named.orElse(sealing) instanceof SymmetricKey symmetric && symmetric.use != SealKey.Use.SEALS ? symmetric : null;
    }

    private Optional<SealKey> named(String property, Optional<String> kid) {
        return kid.map(name -> Optional.ofNullable(keys.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        PREFIX + property + " is '" + name + "', which is not among " + PREFIX
                                + "keys: " + kids())));
    }

    private static SealKey read(String kid, String value) {
        String property = PREFIX + "keys." + kid;
        if (!VALID_KID.matcher(kid).matches()) {
            throw new IllegalArgumentException("'" + kid + "' is not a key id: use 1 to 64 letters, digits, and . _ ~ -");
        }
        return value.startsWith("{") ? jwk(kid, value, property)
                : symmetric(kid, base64(value, property), property, SealKey.Use.BOTH);
    }

    private static SealKey symmetric(String kid, byte[] secret, String property, SealKey.Use use) {
        if (secret.length < SymmetricKey.MIN_BYTES) {
            throw new IllegalArgumentException(
                    property + " must have at least " + SymmetricKey.MIN_BYTES + " bytes, had " + secret.length);
        }
        return new SymmetricKey(kid, secret, use);
    }

    private static SealKey jwk(String kid, String value, String property) {
        Map<String, Object> jwk = parse(value, property);
        if ("oct".equals(jwk.get("kty"))) {
            return symmetric(kid, bytes(jwk, "k", property), property, use(jwk, property));
        }
        if (!"OKP".equals(jwk.get("kty")) || !Ed25519Key.CURVE.equals(jwk.get("crv"))) {
            throw new IllegalArgumentException(
                    property + " is a JWK of a type that is not supported: use kty oct, or kty OKP with crv Ed25519");
        }
        if (use(jwk, property) == SealKey.Use.SECRETS) {
            throw new IllegalArgumentException(property + " is an Ed25519 key with use enc: it can only sign");
        }
        byte[] x = point(jwk, "x", property);
        try {
            return new Ed25519Key(kid, x, jwk.containsKey("d") ? point(jwk, "d", property) : null);
        } catch (JoseException e) {
            throw new IllegalArgumentException(property + " is not an Ed25519 key, or its x and d are not a pair");
        }
    }

    /** RFC 7517, section 4.2. */
    private static SealKey.Use use(Map<String, Object> jwk, String property) {
        Object use = jwk.get("use");
        if (use == null) {
            return SealKey.Use.BOTH;
        }
        return switch (use.toString()) {
            case "sig" -> SealKey.Use.SEALS;
            case "enc" -> SealKey.Use.SECRETS;
            default -> throw new IllegalArgumentException(property + " is a JWK whose use is neither sig nor enc");
        };
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

    /** Drops the cause of a parsing error: it quotes the text. */
    private static Map<String, Object> parse(String json, String property) {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException | RuntimeException | Error e) {
            throw new IllegalArgumentException(property + " begins like a JWK but is not JSON");
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
