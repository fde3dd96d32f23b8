package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.smallrye.config.WithDefault;

/** The seal, the keys and the limits of envelopes. */
public interface EnvelopeConfig {

    /** The protection of an envelope between two hops. */
    enum SealMode {
        /** The envelope is readable and signed. A change is detected. */
        SIGNED,
        /** The envelope is encrypted and cannot be read or changed. */
        ENCRYPTED,
        /** The envelope has no protection. Everyone who can send an event can change a run. */
        NONE
    }

    /**
     * The seal of the envelopes that this function sends: {@code signed}, {@code encrypted} or {@code none}. The function
     * accepts signed and encrypted envelopes under each value. It accepts an envelope without a seal under {@code none} only.
     * With {@code none} everyone who can send an event can change a run, and production logs a warning at each start. A run is
     * sent to the addresses of {@code quarkus.pocketflow.remote.*} only.
     */
    @WithDefault("signed")
    SealMode seal();

    /**
     * The keys by their ids. An id has 1 to 64 letters, digits and {@code . _ ~ -}. A value is Base64 of at least 32 random
     * bytes ({@code openssl rand -base64 32}), or a JWK as JSON. Its {@code kty} is {@code oct}, or {@code OKP} with the curve
     * Ed25519; an Ed25519 key without {@code d} only verifies. The function accepts an envelope that is sealed with any of the
     * keys. To rotate keys, add the new key everywhere, then name it in {@code quarkus.pocketflow.envelope.key}. Remove the old
     * key when the last envelope sealed with it has expired. The environment variable of {@code k1} is
     * {@code QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1}. In dev and test the function makes a key at each start if none is
     * configured. In production a function that seals does not start without a key.
     */
    @ConfigDocMapKey("kid")
    Map<String, String> keys();

    /**
     * The id of the key that seals. It is not needed if there is one key only.
     */
    Optional<String> key();

    /**
     * The id of the symmetric key that encrypts secrets and claim checks. The default is the key that seals, if that key is
     * symmetric. A key that is named here, but not in {@code quarkus.pocketflow.envelope.key}, does not seal: an envelope
     * sealed with it is refused. The same holds for a JWK with {@code "use":"enc"}, such as an old key for secrets.
     */
    Optional<String> secretKey();

    /**
     * The longest time between a hop and the next one. A run that is resumed later is refused.
     */
    @WithDefault("1d")
    Duration expires();

    /**
     * The longest time that a run may rest if nothing resumes it by itself: it waits for a signal without expiry, or it failed.
     */
    @WithDefault("365d")
    Duration restExpires();

    /**
     * The most bytes of an envelope that the transport takes. A larger store goes to the claim check. The default is the limit
     * that AWS documents: 1 MiB for {@code lambda}, {@code sqs} and {@code http}, 256 KiB (the state of a Step Functions
     * execution) for {@code caller}. {@code local} has no limit.
     */
    OptionalInt limit();

    /**
     * The most bytes of an envelope, sealed or unpacked, at least 1024. The secrets in an envelope and a claim check have the
     * same limit, each by itself. The default is 6 MiB, the most that AWS Lambda takes.
     */
    @WithDefault("6291456")
    int maxBytes();

    /**
     * The deepest nesting of objects and arrays in an envelope, 1 to 1000. The envelope and its store are two of these levels.
     * So a value may have two levels less. This holds in an event, an answer and an envelope. Items, results and params may be
     * nested deeper.
     */
    @WithDefault("200")
    int maxDepth();
}
