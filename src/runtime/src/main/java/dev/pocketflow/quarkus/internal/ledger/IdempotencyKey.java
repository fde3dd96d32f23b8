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
 * The run of an event that has an {@link EventIdentity}: that of the identity and of the event's data, so that no other event
 * has
 * the outcome of that run, whatever a ledger has forgotten. Where senders choose the identity, the ledger knows which event
 * came
 * with it first, and another one is refused. The first event's digest is the outcome of a hop before the first, of a run that
 * is
 * the identity's alone
 * (<a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key HTTP Header
 * Field</a>, 2.7: a key with another payload is answered 422).
 */
public final class IdempotencyKey {

    private static final int BEFORE_THE_FIRST = -1;
    private static final byte[] ANY_EVENT = {};
    /** How long the identity is nobody's where a process ends between the two writes. */
    private static final Duration CLAIM = Duration.ofSeconds(10);
    private static final ObjectWriter SORTED = Json.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private IdempotencyKey() {
    }

    /**
     * Finds the run of an event; where its sender chose the identity and there is a ledger, keeps the event as the identity's.
     *
     * @return the run's ULID
     * @throws BadEvent if there was another one, of which nothing is told; or if the event cannot be written as JSON
     * @throws EnvelopeRefused if that cannot be told yet
     * @throws dev.pocketflow.quarkus.LedgerFailed if it cannot be told at all
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
                throw new BadEvent(422, "another event came with this " + chosen + " before. Send this one with a new "
                        + chosen + ", or send that one again to have its outcome");
            }
        } else if (claim instanceof Ledger.Claim.Busy || !ledger.done(turn, digest)) {
            throw new EnvelopeRefused(Reason.BUSY,
                    "an event with the same " + chosen + " is being taken at this moment. Send this one again soon");
        }
    }

    /** {@return the same for all that is the same JSON but for the order of members} */
    private static byte[] digest(Store event) {
        try {
            return Sha256.sha256(SORTED.writeValueAsBytes(event.toJson()));
        } catch (JsonProcessingException e) { // half a surrogate pair, which JSON can escape and UTF-8 cannot write
            throw new BadEvent(400, "the event has a text that is no valid Unicode. Send whole characters");
        }
    }
}
