package dev.pocketflow.quarkus.internal;

import java.time.InstantSource;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.HandOver;
import dev.pocketflow.quarkus.LedgerConfig;
import dev.pocketflow.quarkus.ParkConfig;
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

    /**
     * {@return what wakes runs that wait; null where nothing does, or their caller}
     *
     * @param process makes a timer of this process
     * @throws IllegalArgumentException if it cannot be used as configured; the message names the key
     */
    static Timer timer(PocketFlowConfig config, InstantSource clock, Supplier<Timer> process) {
        HandOver.Way way = config.handOver().orElse(HandOver.Way.CALLER);
        HandOver.Timer kind = config.timer().orElse(switch (way) {
            case LOCAL -> HandOver.Timer.PROCESS;
            case SQS -> HandOver.Timer.SQS;
            case LAMBDA -> config.sqs().queueUrl().isPresent() ? HandOver.Timer.SQS : null;
            case HTTP, CALLER -> null;
        });
        return kind == null ? null : switch (kind) {
            case PROCESS -> process.get();
            case SQS -> AwsSdk.sqsTimer(config.sqs(), clock);
            case SCHEDULER -> AwsSdk.schedulerTimer(
                    ScheduleTarget.of(config.scheduler(), config.lambda(), System::getenv), clock);
        };
    }

    /** {@return null where there is none} */
    static ClaimCheck claimCheck(HandOver.Claims config) {
        if (config.bucket().isPresent()) {
            return AwsSdk.s3(config);
        }
        return config.directory().isPresent() ? new DirectoryClaimCheck(config) : null;
    }

    /**
     * {@return where failed runs are kept; null where the answer alone has them}
     *
     * @param seal what seals the envelopes
     * @throws IllegalArgumentException if the place cannot be used as configured; the message names the key
     */
    static Park park(PocketFlowConfig config, Seal seal) {
        ParkConfig park = config.park();
        return switch (park.place()) {
            case CALLER -> null;
            case LOG -> new LogPark(seal);
            case DIRECTORY -> new DirectoryPark(park.directory().orElseThrow(), envelope -> Progress.of(seal, envelope));
            case SQS -> AwsSdk.sqsPark(park);
        };
    }

    /** {@return null where there is none} */
    static Ledger ledger(PocketFlowConfig config, InstantSource clock) {
        LedgerConfig ledger = config.ledger();
        return switch (ledger.kind().orElse(LedgerConfig.Kind.NONE)) {
            case NONE -> null;
            case MEMORY -> new MemoryLedger(ledger.keep(), ledger.maxMemory().asLongValue(), clock);
            case DYNAMODB -> AwsSdk.dynamodb(ledger, clock);
            case REDIS -> QuarkusRedis.ledger(ledger, clock);
        };
    }
}
