package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.smallrye.config.WithDefault;

/** How envelopes are sealed, and which are taken. */
public interface EnvelopeConfig {

    /** What keeps an envelope from being changed, or read, between two hops. */
    enum SealMode {
        /** Readable, and signed: whoever changes it is found out. */
        SIGNED,
        /** Unreadable. */
        ENCRYPTED,
        /** Neither: whoever can send an event can change a run. */
        NONE
    }

    /**
     * How envelopes are sealed on their way out: {@code signed}, {@code encrypted} or {@code none}. On the way in, a signed and
     * an encrypted one are both taken, whichever of the two this is; one without a seal only if this is {@code none}.
     * Production warns of {@code none} at each start: everybody who can send an event can then change a run, and a run goes to
     * the addresses of {@code quarkus.pocketflow.remote.*} only.
     */
    @WithDefault("signed")
    SealMode seal();

    /**
     * The keys, by their ids: letters, digits, and {@code . _ ~ -}, at most 64 of them. A value is Base64 of at least 32 random
     * bytes ({@code openssl rand -base64 32}), or a JWK as JSON: {@code kty} is {@code oct}, or {@code OKP} with the curve
     * Ed25519, where one without {@code d} only verifies. An envelope is taken if it was sealed with any of them: to rotate
     * keys, add the new one everywhere, then name it in {@code quarkus.pocketflow.envelope.key}, and remove the old one when
     * the last envelope sealed with it has expired. The environment variable of {@code k1} is
     * {@code QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1}. In dev and test, a key is made at each start if there is none. In
     * production, a function that seals does not start without one.
     */
    @ConfigDocMapKey("kid")
    Map<String, String> keys();

    /**
     * The id of the key that seals. Not needed where there is one key.
     */
    Optional<String> key();

    /**
     * The id of the symmetric key that encrypts secrets and claim checks. By default the key that seals, if that is symmetric.
     * A key that is named here, and not by {@code quarkus.pocketflow.envelope.key}, seals nothing: an envelope with its seal is
     * refused. Nor does a JWK with {@code "use":"enc"}, which is an old key for secrets.
     */
    Optional<String> secretKey();

    /**
     * How long after a hop the next one may begin; a run that is resumed later is refused.
     */
    @WithDefault("1d")
    Duration expires();

    /**
     * How long a run may rest that does not go on by itself: one that waits for a signal without expiry, or that failed.
     */
    @WithDefault("365d")
    Duration restExpires();

    /**
     * The most bytes that the way out takes: what is larger goes to the claim check. By default, what AWS documents for the
     * way:
     * 1 MiB by {@code lambda}, {@code sqs} and {@code http}, 256 KiB (what a Step Functions state may hold) by {@code caller};
     * no
     * limit by {@code local}.
     */
    OptionalInt limit();

    /**
     * The most bytes an envelope may have, sealed or unpacked; also, for each by itself, the secrets in it and a claim check.
     * At
     * least 1024. The default is 6 MiB, the most that AWS Lambda takes.
     */
    @WithDefault("6291456")
    int maxBytes();

    /**
     * How deeply objects and arrays may be nested in an envelope, counting the envelope and its store: 1 to 1000. So a value
     * may
     * be nested two less, in an event, an answer and an envelope alike. Items, results and params may stand deeper.
     */
    @WithDefault("200")
    int maxDepth();
}
