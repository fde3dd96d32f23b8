package dev.pocketflow.quarkus.internal.wiring;

import java.time.InstantSource;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.config.ParkConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.claimcheck.DirectoryClaimCheck;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.DirectoryFailedRunStore;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.park.LogFailedRunStore;
import dev.pocketflow.quarkus.internal.park.ParkProgress;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.timer.ScheduleTarget;
import dev.pocketflow.quarkus.internal.timer.WakeUpTimer;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import dev.pocketflow.quarkus.internal.transport.HttpTransport;

/** Makes the configured transports, timers, claim checks and ledgers. Nothing else is loaded. */
public final class ServiceFactory {

    private ServiceFactory() {
    }

    /** {@return the configured transport; {@link EnvelopeTransport#NONE} for a hand-over that sends nothing} */
    public static EnvelopeTransport out(PocketFlowConfig config) {
        return switch (config.handOver().orElse(HandOverConfig.Way.CALLER)) {
            case LOCAL, CALLER -> EnvelopeTransport.NONE;
            case LAMBDA -> AwsServices.lambda(config.lambda(), System::getenv);
            case SQS -> AwsServices.sqs(config.sqs());
            case HTTP -> new HttpTransport(config.http(), System::getenv);
        };
    }

    /**
     * {@return the configured timer; {@link WakeUpTimer#NONE} without one}
     *
     * @param process makes a timer of this process
     * @throws IllegalArgumentException if the timer cannot be used as configured; the message names the key
     */
    public static WakeUpTimer timer(PocketFlowConfig config, InstantSource clock, Supplier<WakeUpTimer> process) {
        HandOverConfig.Way way = config.handOver().orElse(HandOverConfig.Way.CALLER);
        HandOverConfig.Timer kind = config.timer().orElse(switch (way) {
            case LOCAL -> HandOverConfig.Timer.PROCESS;
            case SQS -> HandOverConfig.Timer.SQS;
            case LAMBDA -> config.sqs().queueUrl().isPresent() ? HandOverConfig.Timer.SQS : null;
            case HTTP, CALLER -> null;
        });
        return kind == null ? WakeUpTimer.NONE : switch (kind) {
            case PROCESS -> process.get();
            case SQS -> AwsServices.sqsTimer(config.sqs(), clock);
            case SCHEDULER -> AwsServices.schedulerTimer(
                    ScheduleTarget.of(config.scheduler(), config.lambda(), System::getenv), clock);
        };
    }

    public static ClaimCheck claimCheck(HandOverConfig.Claims config) {
        if (config.bucket().isPresent()) {
            return AwsServices.s3(config);
        }
        return config.directory().isPresent() ? new DirectoryClaimCheck(config) : ClaimCheck.NONE;
    }

    /**
     * {@return the configured store of failed runs; {@link FailedRunStore#NONE} if only the answer holds them}
     *
     * @param seal seals the envelopes
     * @throws IllegalArgumentException if the store cannot be used as configured; the message names the key
     */
    public static FailedRunStore park(PocketFlowConfig config, Seal seal) {
        ParkConfig park = config.park();
        return switch (park.place()) {
            case CALLER -> FailedRunStore.NONE;
            case LOG -> new LogFailedRunStore(seal);
            case DIRECTORY ->
                new DirectoryFailedRunStore(park.directory().orElseThrow(), envelope -> ParkProgress.of(seal, envelope));
            case SQS -> AwsServices.sqsPark(park);
        };
    }

    public static Ledger ledger(PocketFlowConfig config, InstantSource clock) {
        LedgerConfig ledger = config.ledger();
        return switch (ledger.kind().orElse(LedgerConfig.Kind.NONE)) {
            case NONE -> Ledger.NONE;
            case MEMORY -> new MemoryLedger(ledger.keep(), ledger.maxMemory().asLongValue(), clock);
            case DYNAMODB -> AwsServices.dynamodb(ledger, clock);
            case REDIS -> RedisServices.ledger(ledger, clock);
        };
    }
}
