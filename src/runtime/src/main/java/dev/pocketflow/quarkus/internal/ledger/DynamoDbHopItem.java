package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Turn;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of {@link DynamoDbLedger}. Its attributes {@code id}, {@code status}, {@code in_progress_expiration} (milliseconds),
 * {@code expiration} (seconds, DynamoDB's time to live) and {@code data} follow the <a
 * href="https://docs.powertools.aws.dev/lambda/java/latest/utilities/idempotency/">idempotency table</a> of Powertools for AWS
 * Lambda. Here {@code data} is binary. {@code owner}, {@code checkpoint} and its number {@code written} are additions.
 */
final class DynamoDbHopItem {

    private static final String IN_PROGRESS = "INPROGRESS";
    private static final String COMPLETED = "COMPLETED";
    private static final String CANCELLED = "CANCELLED";
    private static final String STATE = "STATE";

    private static final Map<String, String> NAMES = Map.of("#id", "id", "#status", "status", "#until",
            "in_progress_expiration", "#expiration", "expiration", "#data", "data", "#owner", "owner", "#checkpoint",
            "checkpoint", "#written", "written");

    private DynamoDbHopItem() {
    }

    /** An update with its names and values. DynamoDB refuses names and values that the update does not use. */
    record Write(String update, Map<String, AttributeValue> item, Map<String, AttributeValue> all) {

        Map<String, String> names(String expressions) {
            return used(NAMES, expressions);
        }

        Map<String, AttributeValue> values(String expressions) {
            return used(all, expressions);
        }

        private static <T> Map<String, T> used(Map<String, T> all, String expressions) {
            Map<String, T> used = new HashMap<>(all);
            used.keySet().removeIf(name -> !expressions.matches("(?s).*" + name + "\\b.*"));
            return used;
        }
    }

    static Write claim(Turn turn, Instant until, Instant now, Duration keep) {
        Map<String, AttributeValue> values = values(turn, now);
        values.put(":until", number(until.toEpochMilli()));
        values.put(":expiration", expiration(turn.kept(until.isAfter(now) ? until : now, keep)));
        Map<String, AttributeValue> item = key(turn.id());
        item.put("status", values.get(":inprogress"));
        item.put("owner", values.get(":owner"));
        item.put("in_progress_expiration", values.get(":until"));
        item.put("expiration", values.get(":expiration"));
        return new Write("SET #status = :inprogress, #owner = :owner, #until = :until, #expiration = :expiration"
                + " REMOVE #written", item, values);
    }

    static Write checkpoint(Turn turn, byte[] envelope, long number, Instant now) {
        Map<String, AttributeValue> values = values(turn, now);
        values.put(":checkpoint", binary(envelope));
        values.put(":written", number(number));
        return new Write("SET #checkpoint = :checkpoint, #written = :written", null, values);
    }

    static Write done(Turn turn, byte[] outcome, Instant now, Duration keep) {
        Map<String, AttributeValue> values = values(turn, now);
        values.put(":completed", text(COMPLETED));
        values.put(":data", binary(outcome));
        values.put(":expiration", expiration(turn.kept(now, keep)));
        return new Write("SET #status = :completed, #data = :data, #expiration = :expiration REMOVE #checkpoint, #written",
                null, values);
    }

    static Write free(Turn turn, Instant now) {
        Map<String, AttributeValue> values = values(turn, now);
        values.put(":until", number(0));
        return new Write("SET #until = :until REMOVE #owner", null, values);
    }

    /** The number {@code written} of a state is its hop. */
    static Write state(int hop, byte[] state, Instant now, Duration keep) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":status", text(STATE), ":data", binary(state), ":written",
                number(hop), ":expiration", expiration(now.plus(keep)), ":seconds", number(now.getEpochSecond())));
        return new Write("SET #status = :status, #data = :data, #written = :written, #expiration = :expiration", null, values);
    }

    static Map<String, AttributeValue> cancellation(String run, Instant now, Duration keep) {
        Map<String, AttributeValue> item = key(Ledger.cancellation(run));
        item.put("status", text(CANCELLED));
        item.put("expiration", expiration(now.plus(keep)));
        return item;
    }

    static Map<String, AttributeValue> key(String id) {
        return new HashMap<>(Map.of("id", text(id)));
    }

    /** {@return whether the item has expired}. DynamoDB may delete it at any time, so it does not count. */
    static boolean gone(Map<String, AttributeValue> item, Instant now) {
        return item.isEmpty() || Long.parseLong(item.get("expiration").n()) <= now.getEpochSecond();
    }

    /** {@return the checkpoint; null without one} */
    static byte[] checkpoint(Map<String, AttributeValue> item) {
        AttributeValue checkpoint = item.get("checkpoint");
        return checkpoint == null ? null : checkpoint.b().asByteArray();
    }

    static byte[] data(Map<String, AttributeValue> item) {
        return item.get("data").b().asByteArray();
    }

    /**
     * {@return whether its claim has ended, so that the next claim succeeds}. An item that was read after a refusal may be
     * free.
     */
    static boolean isFree(Map<String, AttributeValue> item, Instant now) {
        return text(IN_PROGRESS).equals(item.get("status")) && until(item) <= now.toEpochMilli();
    }

    private static long until(Map<String, AttributeValue> item) {
        return Long.parseLong(item.get("in_progress_expiration").n());
    }

    /** {@return the reason why the hop could not be claimed} */
    static Claim taken(Map<String, AttributeValue> item) {
        return item.get("status").s().equals(COMPLETED) ? new Claim.Done(data(item))
                : new Claim.Busy(Instant.ofEpochMilli(until(item)));
    }

    static boolean worksOn(Map<String, AttributeValue> item, Turn turn, Instant now) {
        return of(item, turn, IN_PROGRESS, now);
    }

    static boolean doneBy(Map<String, AttributeValue> item, Turn turn, Instant now) {
        return of(item, turn, COMPLETED, now);
    }

    private static boolean of(Map<String, AttributeValue> item, Turn turn, String status, Instant now) {
        return !gone(item, now) && text(turn.owner()).equals(item.get("owner")) && text(status).equals(item.get("status"));
    }

    private static Map<String, AttributeValue> values(Turn turn, Instant now) {
        return new HashMap<>(Map.of(":owner", text(turn.owner()), ":inprogress", text(IN_PROGRESS), ":now",
                number(now.toEpochMilli()), ":seconds", number(now.getEpochSecond())));
    }

    /** Rounds up: the item is remembered for at least the requested time. */
    private static AttributeValue expiration(Instant end) {
        return number(end.plusNanos(999_999_999).getEpochSecond());
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static AttributeValue binary(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }
}
