package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import dev.pocketflow.quarkus.config.ParkConfig.Place;
import io.quarkus.runtime.configuration.MemorySize;

/** Checks the configuration for rules that its types do not express. */
public final class ConfigValidator {

    /** The least size of {@code stream.buffer}, in bytes. Each stream may always hold this much. */
    public static final int LEAST_STREAM_BUFFER = 32 * 1024;

    private ConfigValidator() {
    }

    public static void check(PocketFlowConfig config) {
        atLeastOne("max-steps", config.maxSteps());
        positive("timeout", config.timeout());
        config.budget().steps().ifPresent(steps -> atLeastOne("budget.steps", steps));
        atLeastOne("budget.hops", config.budget().hops());
        positive("budget.time", config.budget().time());
        if (config.budget().margin().isNegative()) {
            throw new IllegalArgumentException(
                    "quarkus.pocketflow.budget.margin must not be negative, was " + config.budget().margin());
        }
        config.budget().usage().forEach(ConfigValidator::amount);
        positive("envelope.expires", Optional.of(config.envelope().expires()));
        positive("ledger.keep", Optional.of(config.ledger().keep()));
        load(config);
        config.envelope().limit().ifPresent(limit -> atLeastOne("envelope.limit", limit));
        if (config.claimCheck().bucket().isPresent() && config.claimCheck().directory().isPresent()) {
            throw new IllegalArgumentException(
                    "quarkus.pocketflow.claim-check.bucket and quarkus.pocketflow.claim-check.directory are both set: "
                            + "remove one of them");
        }
        belongs("directory", config.park().directory(), Place.DIRECTORY, config.park().place());
        belongs("queue-url", config.park().queueUrl(), Place.SQS, config.park().place());
    }

    private static void load(PocketFlowConfig config) {
        positive("stream.heartbeat", Optional.of(config.stream().heartbeat()));
        positive("stream.idle", Optional.of(config.stream().idle()));
        positive("in-flight.upload", Optional.of(config.inFlight().upload()));
        positive("in-flight.unread", Optional.of(config.inFlight().unread()));
        atLeast("stream.buffer", config.stream().buffer(), LEAST_STREAM_BUFFER);
        atLeast("ledger.max-memory", config.ledger().maxMemory(), 64 * 1024);
        config.inFlight().maxMemory().ifPresent(size -> atLeast("in-flight.max-memory", size, 1024 * 1024));
    }

    private static void atLeast(String key, MemorySize size, long least) {
        if (size.asLongValue() < least) {
            throw new IllegalArgumentException(
                    "quarkus.pocketflow." + key + " must be at least " + least + " bytes, was " + size.asLongValue());
        }
    }

    /** Refuses a key of a place that is not chosen: its reader would believe that failed runs are stored there. */
    private static void belongs(String key, Optional<?> value, Place to, Place chosen) {
        if (value.isPresent() != (to == chosen)) {
            throw new IllegalArgumentException(
                    "quarkus.pocketflow.park is " + name(chosen) + ", and quarkus.pocketflow.park." + key + " is "
                            + (value.isPresent() ? "set: remove it, or set quarkus.pocketflow.park=" + name(to)
                                    : "not set: set it to the place that stores failed runs"));
        }
    }

    private static String name(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("quarkus.pocketflow." + key + " must be at least 1, was " + value);
        }
    }

    private static void amount(String unit, double most) {
        if (!(most > 0)) { // refuses NaN as well
            throw new IllegalArgumentException("quarkus.pocketflow.budget.usage." + unit + " must be more than 0, was " + most);
        }
    }

    private static void positive(String key, Optional<Duration> value) {
        value.filter(each -> each.isNegative() || each.isZero()).ifPresent(each -> {
            throw new IllegalArgumentException("quarkus.pocketflow." + key + " must be positive, was " + each);
        });
    }
}
