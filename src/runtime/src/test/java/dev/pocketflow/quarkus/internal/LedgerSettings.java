package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.util.Optional;

import dev.pocketflow.quarkus.LedgerConfig;

/** A configuration, as a value. */
record LedgerSettings(Optional<Kind> kind, Duration keep, String table, String prefix) implements LedgerConfig {

    static final Duration KEEP = Duration.ofHours(1);

    static LedgerSettings table(String table) {
        return new LedgerSettings(Optional.of(Kind.DYNAMODB), KEEP, table, "pocketflow:");
    }

    static LedgerSettings prefix(String prefix) {
        return new LedgerSettings(Optional.of(Kind.REDIS), KEEP, "pocketflow", prefix);
    }

    @Override
    public Duration claim() {
        return Duration.ofMinutes(15);
    }

    @Override
    public Duration poll() {
        return Duration.ZERO;
    }
}
