package dev.pocketflow.quarkus.internal.envelope;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.pocketflow.Envelope;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.config.EnvelopeConfig.SealMode;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.json.Decimals;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import dev.pocketflow.quarkus.internal.json.Sha256;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.json.ValueGenerator;
import dev.pocketflow.quarkus.internal.seal.Seal;

/**
 * Writes and reads envelopes as they travel: one JSON object, dated, sealed, and no larger than its transport allows. The file
 * src/docs/reference/envelope.schema.json describes the form. Thread-safe.
 */
public final class EnvelopeCodec {

    private static final String SECRETS = "secrets of ";
    private static final String CLAIM = "claim of ";
    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

    private final EnvelopeConfig config;
    private final Seal seal;
    private final ClaimCheck claims;
    private final int maxHops;
    private final InstantSource clock;
    private volatile SecureRandom random; // made when a run first leaves: many never do

    public EnvelopeCodec(EnvelopeConfig config, Seal seal, ClaimCheck claims, int maxHops, InstantSource clock) {
        this.config = config;
        this.seal = seal;
        this.claims = claims;
        this.maxHops = maxHops;
        this.clock = clock;
    }

    /**
     * Writes and seals an envelope.
     *
     * @param limit the size limit in bytes
     * @throws HandOverFailed if the envelope does not fit and there is no claim check, or the claim check fails
     * @throws FlowException.BadValue if a value of the store cannot be written
     */
    public byte[] pack(HopMessage message, int limit) {
        return pack(message, limit, claims);
    }

    /** @param claims the claim check to use */
    public byte[] pack(HopMessage message, int limit, ClaimCheck claims) {
        byte[] nonce = new byte[16];
        random().nextBytes(nonce);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
        byte[] open = EnvelopeWriter.object(json -> {
            head(json, message, name, message.claimed());
            content(json, message.envelope());
        });
        if (open.length <= limit || config.seal() == SealMode.ENCRYPTED) { // only encrypted, it becomes smaller
            byte[] sealed = close(open, message.envelope());
            if (sealed != null && sealed.length <= limit) {
                return sealed;
            }
        }
        if (claims.isNone()) {
            throw new HandOverFailed(
                    open.length > config.maxBytes() ? EnvelopeSizeReport.toRead(message.envelope(), config.maxBytes())
                            : EnvelopeSizeReport.message(message.envelope(), limit),
                    null);
        }
        return packWithClaimCheck(message, name, limit);
    }

    public ClaimCheck claims() {
        return claims;
    }

    public Seal seal() {
        return seal;
    }

    /** {@return the time for which a run may rest} */
    public Duration restExpires() {
        return config.restExpires();
    }

    /** {@return the size limit in bytes of an envelope that is read} */
    public int maxBytes() {
        return config.maxBytes();
    }

    /** {@return the limit of nesting, {@code quarkus.pocketflow.envelope.max-depth}} */
    public int maxDepth() {
        return config.maxDepth();
    }

    private SecureRandom random() {
        SecureRandom made = random;
        if (made == null) {
            made = new SecureRandom();
            random = made;
        }
        return made;
    }

    /** @throws HandOverFailed if the next hop would exceed the limit of hops: it would be refused */
    public void checkHops(Envelope envelope) {
        if (envelope.hop() > maxHops) {
            throw new HandOverFailed(tooManyHops(envelope.run()), null);
        }
    }

    private String tooManyHops(String run) {
        return "run " + run + " has made its " + maxHops
                + " hops. If it does not run in circles, raise quarkus.pocketflow.budget.hops";
    }

    private byte[] packWithClaimCheck(HopMessage message, String name, int limit) {
        Envelope envelope = message.envelope();
        byte[] content = UnwritableValue.checked(EnvelopeWriter.object(json -> content(json, envelope)), envelope, maxDepth());
        byte[] stored = config.seal() == SealMode.ENCRYPTED
                ? seal.encrypt(CLAIM + envelope.run(), content).getBytes(StandardCharsets.US_ASCII)
                : content;
        if (stored.length > config.maxBytes()) {
            throw new HandOverFailed(EnvelopeSizeReport.toRead(envelope, config.maxBytes()), null);
        }
        String reference = claims.write(envelope.run(), envelope.hop() + "-" + name, stored);
        byte[] sealed = close(EnvelopeWriter.object(json -> {
            head(json, message, name, true);
            json.writeObjectFieldStart("claim");
            json.writeStringField("ref", reference);
            json.writeStringField("sha256", Sha256.text(stored));
            json.writeNumberField("bytes", stored.length);
            json.writeEndObject();
        }), envelope);
        if (sealed == null || sealed.length > limit) {
            throw new HandOverFailed(EnvelopeSizeReport.message(envelope, limit) + " It does not fit even without its store",
                    null);
        }
        return sealed;
    }

    /** {@return the sealed envelope; null if it is too large to be opened again} */
    private byte[] close(byte[] envelope, Envelope run) {
        try {
            return seal.close(envelope);
        } catch (EnvelopeRefused refused) {
            if (envelope.length <= config.maxBytes()) {
                UnwritableValue.blame(run, maxDepth());
            }
            if (refused.reason() == Reason.TOO_LARGE) {
                return null;
            }
            throw new HandOverFailed("run " + run.run() + " cannot be handed over: " + refused.getMessage(), null);
        }
    }

    private void head(JsonGenerator json, HopMessage message, String nonce, boolean claimed) throws IOException {
        json.writeNumberField("pocketflow", 1);
        EnvelopeWriter.head(json, message.envelope());
        long now = clock.instant().getEpochSecond();
        json.writeNumberField("issued", now);
        json.writeNumberField("expires", message.expiry(now, config));
        json.writeStringField("nonce", nonce);
        if (message.traceparent() != null) {
            json.writeStringField("traceparent", message.traceparent());
        }
        if (claimed) {
            json.writeBooleanField("claimed", true);
        }
        if (message.signal() != null) {
            json.writeStringField("signal", message.signal());
        }
        if (message.failure() != null) {
            json.writeStringField("issuedAt", Instant.ofEpochSecond(now).toString());
            json.writeStringField("expiresAt", Instant.ofEpochSecond(message.expiry(now, config)).toString());
            FailureJson.failure(json, message.failure());
        }
        if (message.missing() != null) {
            FailureJson.missing(json, message.missing());
        }
        json.writeFieldName("path");
        EnvelopeWriter.path(json, message.envelope());
    }

    /** Writes the members that may be at the claim check. */
    private void content(JsonGenerator json, Envelope envelope) throws IOException {
        ValueGenerator values = ValueGenerator.ofEnvelope(json);
        values.writeFieldName("position");
        EnvelopeWriter.position(values, envelope.position());
        values.writeFieldName("store");
        EnvelopeWriter.store(values, envelope);
        values.writeDecimals();
        Map<String, Object> secrets = ModelAccess.get().secrets(envelope.store());
        if (!secrets.isEmpty()) {
            if (!seal.encrypts()) {
                throw new HandOverFailed(
                        "run " + envelope.run() + " has secrets in its store, " + LogText.list(secrets.keySet())
                                + ", and there is no key to encrypt them with: set quarkus.pocketflow.envelope.secret-key",
                        null);
            }
            byte[] plain = EnvelopeWriter.object(out -> {
                ValueGenerator hidden = ValueGenerator.ofEnvelope(out);
                hidden.writeFieldName("secrets");
                EnvelopeWriter.secrets(hidden, envelope.store());
                hidden.writeDecimals();
            });
            UnwritableValue.checked(plain, envelope, maxDepth());
            json.writeStringField("secrets", seal.encrypt(SECRETS + envelope.run(), plain));
        }
    }

    /**
     * Opens and reads an envelope.
     *
     * @throws EnvelopeRefused if it is not an envelope, or its run must not continue
     * @throws HandOverFailed if its claim check cannot be read
     */
    public HopMessage unpack(byte[] sealed) {
        return read(OpenEnvelope.of(seal, sealed));
    }

    /** Reads an envelope that is open. Throws what {@link #unpack} does. */
    public HopMessage read(OpenEnvelope open) {
        JsonObjectReader members = open.members();
        try {
            String run = RunIds.checked(members.text("run"));
            if (members.whole("pocketflow", 1, Integer.MAX_VALUE) != 1) {
                throw new EnvelopeRefused(Reason.MALFORMED, "the envelope is of a newer form than 1. Update this function");
            }
            long expires = members.whole("expires", 0, LAST_SECOND);
            if (expires < clock.instant().getEpochSecond()) {
                throw new EnvelopeRefused(Reason.EXPIRED, "the envelope of run " + run + " expired. Resume runs sooner, or set "
                        + "quarkus.pocketflow.envelope.expires to more than " + config.expires()
                        + " where they are handed over");
            }
            FailureJson.refuseMissing(members, run);
            if (members.whole("hop", 0, Integer.MAX_VALUE) > maxHops) {
                throw new EnvelopeRefused(Reason.TOO_MANY_HOPS, tooManyHops(run));
            }
            JsonObjectReader content = members.has("claim") ? claim(run, members.object("claim")) : members;
            Decimals.restore(content);
            Store store = Store.of(content.object("store").values());
            if (content.has("secrets")) {
                JsonObjectReader hidden = parse(seal.decrypt(SECRETS + run, content.text("secrets")));
                Decimals.restore(hidden);
                ModelAccess.get().putSecrets(store, hidden.object("secrets").values());
            }
            Envelope envelope = EnvelopeReader.envelope(members, content, store);
            return new HopMessage(envelope, Traceparent.of(members.optionalText("traceparent")),
                    Boolean.TRUE.equals(members.values().get("claimed")),
                    FailureJson.failure(members), Instant.ofEpochSecond(expires), members.optionalText("signal"));
        } catch (IllegalArgumentException malformed) {
            throw new EnvelopeRefused(Reason.MALFORMED, malformed.getMessage() + ". Send it as it was handed over");
        }
    }

    private JsonObjectReader claim(String run, JsonObjectReader claim) {
        if (claims.isNone()) {
            throw new HandOverFailed("the store of run " + run + " is at a claim check, and none is configured here: set "
                    + "quarkus.pocketflow.claim-check.bucket or quarkus.pocketflow.claim-check.directory", null);
        }
        byte[] stored = claims.read(claim.text("ref"), config.maxBytes());
        if (!Sha256.text(stored).equals(claim.text("sha256"))) {
            throw new EnvelopeRefused(Reason.BAD_SEAL,
                    "what is at the claim check of run " + run + " is not what was put there");
        }
        return parse(
                stored.length > 0 && stored[0] != '{' ? seal.decrypt(CLAIM + run, new String(stored, StandardCharsets.US_ASCII))
                        : stored);
    }

    /** Deletes the part of an ended run that is at the claim check. */
    public void ended(HopMessage message) {
        if (message.claimed()) {
            claims.delete(message.envelope().run());
        }
    }

    private static JsonObjectReader parse(byte[] json) {
        return JsonObjectReader.of(UntypedJson.read(json), "the envelope");
    }
}
