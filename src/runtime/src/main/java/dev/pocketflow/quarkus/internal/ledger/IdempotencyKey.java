package dev.pocketflow.quarkus.internal.ledger;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.pocketflow.Store;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.envelope.RunIds;
import dev.pocketflow.quarkus.internal.json.Sha256;

/**
 * Finds the run of an event that has an {@link EventIdentity}. The identity and the event's data name the run together. So
 * another event never gets the outcome of that run, even if the ledger has forgotten it.
 * <p>
 * If senders choose the identity, the ledger records the first event with it and refuses a different one (<a
 * href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key HTTP Header Field</a>,
 * 2.7: a key with another payload is answered 422). The digest of the first event is recorded as the outcome of hop -1 of a run
 * that belongs to the identity alone.
 */
public final class IdempotencyKey {

    private static final int BEFORE_THE_FIRST = -1;
    private static final byte[] ANY_EVENT = {};
    /** The time for which a process that ends between the two writes blocks the identity. */
    private static final Duration CLAIM = Duration.ofSeconds(10);
    private static final ObjectWriter SORTED = Json.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private IdempotencyKey() {
    }

    /**
     * Finds the run of an event. If the sender chose the identity and there is a ledger, records the event as the identity's.
     *
     * @return the run's ULID
     * @throws BadEvent if another event has the identity, or if the event cannot be written as JSON; it quotes neither event
     * @throws EnvelopeRefused if this is not decided yet
     * @throws dev.pocketflow.quarkus.LedgerFailed if the ledger does not answer
     */
    public static String run(Ledger ledger, String flow, EventIdentity identity, Store event, Instant now) {
        byte[] digest = digest(event);
        String chosen = identity.kind().chosen();
        if (chosen != null) {
            keep(ledger, RunIds.of(flow, identity, ANY_EVENT), chosen, digest, now);
        }
        return RunIds.of(flow, identity, digest);
    }

    private static void keep(Ledger ledger, String key, String chosen, byte[] digest, Instant now) {
        Ledger.Turn turn = new Ledger.Turn(key, BEFORE_THE_FIRST, ledger.newOwner());
        Ledger.Claim claim = ledger.claim(turn, now.plus(CLAIM));
        if (claim instanceof Ledger.Claim.Done first) {
            if (!MessageDigest.isEqual(first.outcome(), digest)) {
                throw new BadEvent(422, "another event was sent with this " + chosen + " before. Send this event with a new "
                        + chosen + ", or send the first event again to get its outcome");
            }
        } else if (claim instanceof Ledger.Claim.Busy || !ledger.done(turn, digest)) {
            throw new EnvelopeRefused(Reason.BUSY,
                    "an event with the same " + chosen + " is being accepted at this moment. Send this event again soon");
        }
    }

    /** {@return the digest of the JSON, which does not depend on the order of members} */
    private static byte[] digest(Store event) {
        try {
            return Sha256.sha256(SORTED.writeValueAsBytes(event.toJson()));
        } catch (JsonProcessingException e) { // half a surrogate pair: JSON can escape it, and UTF-8 cannot write it
            throw new BadEvent(400, "the event has a text that is not valid Unicode. Send whole characters");
        }
    }
}
