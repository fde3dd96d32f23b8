package dev.pocketflow.quarkus.internal;

import java.time.InstantSource;

import dev.pocketflow.quarkus.HandOver;
import dev.pocketflow.quarkus.LedgerConfig;
import dev.pocketflow.quarkus.PocketFlowConfig;

/** The ways out, claim checks and ledgers as configured. What is not is not loaded. */
final class Ways {

    private Ways() {
    }

    /** {@return null for the ways that send nothing} */
    static WayOut out(PocketFlowConfig config) {
        return switch (config.handOver().orElse(HandOver.Way.CALLER)) {
            case LOCAL, CALLER -> null;
            case LAMBDA -> AwsSdk.lambda(config.lambda(), System::getenv);
            case SQS -> AwsSdk.sqs(config.sqs());
            case HTTP -> new HttpWayOut(config.http(), System::getenv);
        };
    }

    /** {@return null where there is none} */
    static ClaimCheck claimCheck(HandOver.Claims config) {
        if (config.bucket().isPresent()) {
            return AwsSdk.s3(config);
        }
        return config.directory().isPresent() ? new DirectoryClaimCheck(config) : null;
    }

    /** {@return null where there is none} */
    static Ledger ledger(PocketFlowConfig config, InstantSource clock) {
        LedgerConfig ledger = config.ledger();
        return switch (ledger.kind().orElse(LedgerConfig.Kind.NONE)) {
            case NONE -> null;
            case MEMORY -> new MemoryLedger(ledger.keep(), clock);
            case DYNAMODB -> AwsSdk.dynamodb(ledger, clock);
            case REDIS -> QuarkusRedis.ledger(ledger, clock);
        };
    }
}
