package dev.pocketflow.quarkus.internal.signal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.pocketflow.Envelope;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeWriter;
import dev.pocketflow.quarkus.internal.envelope.OpenEnvelope;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import dev.pocketflow.quarkus.internal.json.Sha256;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.seal.Seal;

/**
 * Makes and opens the tokens of runs. The token of a suspended run is its sealed envelope as one word, or a sealed reference to
 * the envelope at the claim check. The token for a cancellation is the run's id, signed for this purpose.
 */
public final class SignalTokens {

    private static final String CANCEL = "pocketflow cancel";

    private final Seal seal;
    private final ClaimCheck claims;
    private final int most;

    public SignalTokens(Seal seal, ClaimCheck claims, int most) {
        this.seal = seal;
        this.claims = claims;
        this.most = most;
    }

    /** {@return whether tokens are references, so that the run uses the claim check} */
    public boolean areReferences() {
        return !claims.isNone();
    }

    /** @throws HandOverFailed if the claim check does not store the envelope */
    public String token(Envelope run, byte[] envelope) {
        if (claims.isNone()) {
            return text(envelope);
        }
        String reference = claims.write(run.run(), run.hop() + "-token", envelope);
        return text(seal.close(EnvelopeWriter.object(json -> {
            json.writeNumberField("pocketflow", 1);
            json.writeStringField("token", reference);
            json.writeStringField("sha256", Sha256.text(envelope));
        })));
    }

    /**
     * {@return the envelope of a suspended run}
     *
     * @throws EnvelopeRefused if the token was not made by PocketFlow with one of the keys
     * @throws HandOverFailed if the envelope that it refers to cannot be read
     */
    public OpenEnvelope open(String token) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new EnvelopeRefused(Reason.MALFORMED, "the token is not Base64url. Send it as the suspended outcome has it");
        }
        JsonObjectReader opened = JsonObjectReader.of(UntypedJson.read(seal.open(sealed)), "the token");
        if (!opened.has("token")) {
            return OpenEnvelope.of(sealed, opened.values());
        }
        if (claims.isNone()) {
            throw new HandOverFailed("the token refers to a claim check, and none is configured here: set "
                    + "quarkus.pocketflow.claim-check.bucket or quarkus.pocketflow.claim-check.directory", null);
        }
        byte[] kept = claims.read(opened.text("token"), most);
        if (!Sha256.text(kept).equals(opened.text("sha256"))) {
            throw new EnvelopeRefused(Reason.BAD_SEAL, "the envelope that the token refers to was changed at the claim check");
        }
        return OpenEnvelope.of(seal, kept);
    }

    /** {@return the token that cancels a run at any function with the same keys; null if no key signs} */
    public String cancellation(String run) {
        return seal.signs() ? seal.sign(CANCEL, run) : null;
    }

    /**
     * {@return the ULID of the run that the token cancels}
     *
     * @throws EnvelopeRefused if the token was not made by PocketFlow with one of the keys
     */
    public String cancelled(String token) {
        return seal.verify(CANCEL, token);
    }

    private static String text(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }
}
