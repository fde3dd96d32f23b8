package dev.pocketflow.quarkus.internal;

import dev.pocketflow.quarkus.HandOver;
import dev.pocketflow.quarkus.ParkConfig;
import dev.pocketflow.quarkus.PocketFlowConfig;

/** The ways out and claim checks as configured. What is not is not loaded. */
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
            case DIRECTORY -> new DirectoryPark(park.directory().orElseThrow());
            case SQS -> AwsSdk.sqsPark(park);
        };
    }
}
