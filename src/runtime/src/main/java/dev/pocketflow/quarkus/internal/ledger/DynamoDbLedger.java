package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.internal.aws.AwsClients;
import dev.pocketflow.quarkus.internal.aws.AwsErrors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A table of DynamoDB with an item for each hop. Each write changes one item, on a condition. The attributes have the names of
 * the idempotency table of Powertools for AWS Lambda: see {@link DynamoDbHopItem}.
 */
public final class DynamoDbLedger implements Ledger {

    /**
     * The most bytes of a checkpoint or an outcome. DynamoDB allows 400 KB for an item with its attributes' names (<a
     * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">quotas</a>). The difference is
     * for the other attributes.
     */
    static final int LIMIT = 400 * 1024 - 4 * 1024;

    private static final String MINE = "#expiration > :seconds AND #status = :inprogress AND #owner = :owner";
    /** The condition of a claim: nobody holds the hop, or this turn does, or the claim has ended, or the item has expired. */
    private static final String FREE = "attribute_not_exists(#id) OR #expiration > :seconds AND #status = :inprogress"
            + " AND (#owner = :owner OR #until <= :now)";
    private static final String GONE = "attribute_not_exists(#id) OR #expiration <= :seconds";

    private final LedgerConfig config;
    private final InstantSource clock;
    // uses three attempts, like the other clients: the default here, nine with up to 20 s between them, exceeds most
    // invocations
    private final AwsClients.Lazy<DynamoDbClient> client = new AwsClients.Lazy<>(
            () -> AwsClients.configure(DynamoDbClient.builder())
                    .overrideConfiguration(each -> each.retryStrategy(RetryMode.STANDARD)).build());
    private final AtomicLong checkpoints = new AtomicLong();

    public DynamoDbLedger(LedgerConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    /** Claims a hop with one write. An expired item that DynamoDB has not deleted yet costs a second write. */
    @Override
    public Claim claim(Turn turn, Instant until) {
        return tried(about(turn), "claimed", () -> {
            Instant now = clock.instant();
            DynamoDbHopItem.Write write = DynamoDbHopItem.claim(turn, until, now, config.keep());
            try {
                return new Claim.Held(DynamoDbHopItem.checkpoint(client.get().updateItem(update(turn.id(), write, FREE)
                        .returnValues(ReturnValue.ALL_OLD).build()).attributes()));
            } catch (ConditionalCheckFailedException e) {
                Map<String, AttributeValue> other = other(turn, e);
                if (DynamoDbHopItem.gone(other, now)) {
                    return replaced(turn, write, until);
                }
                return DynamoDbHopItem.isFree(other, now) ? claim(turn, until) : DynamoDbHopItem.taken(other);
            }
        });
    }

    private Claim replaced(Turn turn, DynamoDbHopItem.Write write, Instant until) {
        try {
            client.get().putItem(put -> put.tableName(config.table()).item(write.item()).conditionExpression(GONE)
                    .expressionAttributeNames(write.names(GONE)).expressionAttributeValues(write.values(GONE)));
            return new Claim.Held(null);
        } catch (ConditionalCheckFailedException somebodyWasFirst) {
            return claim(turn, until);
        }
    }

    /** Stores a checkpoint. A late attempt, after the SDK's next one, does not replace a later checkpoint. */
    @Override
    public boolean checkpoint(Turn turn, byte[] envelope) {
        fits(turn, "checkpoint", envelope);
        return tried(about(turn), "stored", () -> {
            Instant now = clock.instant();
            DynamoDbHopItem.Write write = DynamoDbHopItem.checkpoint(turn, envelope, checkpoints.incrementAndGet(), now);
            Map<String, AttributeValue> other = written(turn, write,
                    MINE + " AND (attribute_not_exists(#written) OR #written <= :written)");
            return other == null || DynamoDbHopItem.worksOn(other, turn, now);
        });
    }

    @Override
    public boolean done(Turn turn, byte[] outcome) {
        fits(turn, "outcome", outcome);
        return tried(about(turn), "recorded as done", () -> {
            Instant now = clock.instant();
            Map<String, AttributeValue> other = written(turn, DynamoDbHopItem.done(turn, outcome, now, config.keep()), MINE);
            return other == null || DynamoDbHopItem.doneBy(other, turn, now);
        });
    }

    @Override
    public void free(Turn turn) {
        tried(about(turn), "freed", () -> written(turn, DynamoDbHopItem.free(turn, clock.instant()), MINE));
    }

    @Override
    public void cancel(String run, Duration atLeast) {
        tried("the cancellation of run " + run, "stored", () -> client.get().putItem(put -> put.tableName(config.table())
                .item(DynamoDbHopItem.cancellation(run, clock.instant(), Ledger.longer(config.keep(), atLeast)))));
    }

    @Override
    public boolean cancelled(String run) {
        return tried("the cancellation of run " + run, "looked up", () -> {
            return !DynamoDbHopItem.gone(read(Ledger.cancellation(run)), clock.instant());
        });
    }

    @Override
    public void recordState(String run, int hop, byte[] state, Duration atLeast) {
        tried("the state of run " + run, "stored", () -> {
            DynamoDbHopItem.Write write = DynamoDbHopItem.state(hop, state, clock.instant(),
                    Ledger.longer(config.keep(), atLeast));
            try {
                return client.get().updateItem(update(Ledger.state(run), write, GONE + " OR #written <= :written").build());
            } catch (ConditionalCheckFailedException alreadyFurther) {
                return null;
            }
        });
    }

    @Override
    public byte[] recordedState(String run) {
        return tried("the state of run " + run, "looked up", () -> {
            Map<String, AttributeValue> item = read(Ledger.state(run));
            return DynamoDbHopItem.gone(item, clock.instant()) ? null : DynamoDbHopItem.data(item);
        });
    }

    @Override
    public Optional<Claim> found(String run, int hop) {
        return tried("run " + run + ", hop " + hop + ",", "looked up", () -> {
            Map<String, AttributeValue> item = read(Ledger.hop(run, hop));
            Instant now = clock.instant();
            if (DynamoDbHopItem.gone(item, now)) {
                return Optional.empty();
            }
            return Optional.of(DynamoDbHopItem.isFree(item, now) ? new Claim.Held(DynamoDbHopItem.checkpoint(item))
                    : DynamoDbHopItem.taken(item));
        });
    }

    /** {@return null if it was written; otherwise the item that prevented it} */
    private Map<String, AttributeValue> written(Turn turn, DynamoDbHopItem.Write write, String condition) {
        try {
            client.get().updateItem(update(turn.id(), write, condition).build());
            return null;
        } catch (ConditionalCheckFailedException e) {
            return other(turn, e);
        }
    }

    /**
     * Returns the item that refused the condition. Some servers, such as dynalite, do not return it. The read is consistent,
     * but others may have written since the refusal.
     */
    private Map<String, AttributeValue> other(Turn turn, ConditionalCheckFailedException e) {
        return e.hasItem() ? e.item() : read(turn.id());
    }

    private Map<String, AttributeValue> read(String id) {
        return client.get().getItem(get -> get.tableName(config.table()).key(DynamoDbHopItem.key(id)).consistentRead(true))
                .item();
    }

    private UpdateItemRequest.Builder update(String id, DynamoDbHopItem.Write write, String condition) {
        String all = write.update() + " " + condition;
        return UpdateItemRequest.builder().tableName(config.table()).key(DynamoDbHopItem.key(id))
                .updateExpression(write.update()).conditionExpression(condition).expressionAttributeNames(write.names(all))
                .expressionAttributeValues(write.values(all))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    private void fits(Turn turn, String what, byte[] bytes) {
        if (bytes.length > LIMIT) {
            throw failed(about(turn), "stored", "its " + what + " has " + bytes.length + " bytes, and at most " + LIMIT
                    + " are accepted. Configure a claim check: quarkus.pocketflow.claim-check.bucket or .directory", null);
        }
    }

    private static String about(Turn turn) {
        return "run " + turn.run() + ", hop " + turn.hop() + ",";
    }

    private <T> T tried(String about, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failed(about, what, AwsErrors.explain(e, DynamoDbLedger::wayOut), e);
        }
    }

    private LedgerFailed failed(String about, String what, String why, Exception e) {
        return new LedgerFailed(
                about + " was not " + what + " in the ledger, the DynamoDB table '" + config.table() + "': " + why, e);
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "ResourceNotFoundException" ->
                "Create it, with the string 'id' as its partition key, or name another with quarkus.pocketflow.ledger.table";
            case "ValidationException" -> "Check that its partition key is the string 'id' and that it has no sort key";
            case "AccessDeniedException" ->
                "Allow dynamodb:UpdateItem, dynamodb:PutItem and dynamodb:GetItem on it in this function's role";
            default -> null;
        };
    }
}
