package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.util.Optional;

import dev.pocketflow.quarkus.LedgerConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;

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
    public MemorySize maxMemory() {
        return new MemorySizeConverter().convert("16M");
    }

    @Override
    public Duration poll() {
        return Duration.ZERO;
    }
}
