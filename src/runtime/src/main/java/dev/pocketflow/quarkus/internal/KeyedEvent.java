package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.pocketflow.Store;
import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * The run of an event that a client gave a key for: the key's and the event's, so that no other event has the outcome of that
 * run, whatever a ledger has forgotten. Which event a key came with first, a ledger knows: its digest is the outcome of a hop
 * before the first, of a run that is the key's alone
 * (<a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key HTTP Header
 * Field</a>, 2.7: a key with another payload is answered 422).
 */
final class KeyedEvent {

    private static final int BEFORE_THE_FIRST = -1;
    /** How long the key is nobody's where a process ends between the two writes. */
    private static final Duration CLAIM = Duration.ofSeconds(10);
    private static final ObjectWriter SORTED = Json.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private KeyedEvent() {
    }

    /**
     * Keeps the event as that of its key, where there is a ledger.
     *
     * @param ledger null where there is none
     * @param identity the key
     * @return the run's ULID
     * @throws BadEvent if there was another one
     * @throws EnvelopeRefused if that cannot be told yet
     * @throws dev.pocketflow.quarkus.LedgerFailed if it cannot be told at all
     */
    static String run(Ledger ledger, String flow, String identity, Store event, Instant now) {
        byte[] digest = digest(event);
        String run = run(flow, identity, digest);
        if (ledger == null) {
            return run;
        }
        Ledger.Turn turn = new Ledger.Turn(RunId.of(flow, identity), BEFORE_THE_FIRST, UUID.randomUUID().toString());
        Ledger.Claim claim = ledger.claim(turn, now.plus(CLAIM));
        if (claim instanceof Ledger.Claim.Done first) {
            if (!Arrays.equals(first.outcome(), digest)) {
                throw new BadEvent(422, "another event came with this Idempotency-Key before, and is run "
                        + run(flow, identity, first.outcome())
                        + ". Send it with a key of its own, or send that one again to have its outcome");
            }
        } else if (claim instanceof Ledger.Claim.Busy || !ledger.done(turn, digest)) {
            throw new EnvelopeRefused(Reason.BUSY, "another event with the same Idempotency-Key is being taken, or this one "
                    + "as run " + run + ". Send it again soon");
        }
        return run;
    }

    private static String run(String flow, String identity, byte[] digest) {
        return RunId.of(flow, identity + "\n" + HexFormat.of().formatHex(digest));
    }

    /** The same for all that is the same JSON but for the order of members. */
    private static byte[] digest(Store event) {
        try {
            return Digest.sha256(SORTED.writeValueAsBytes(event.toJson()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was read cannot be written again", e);
        }
    }
}
