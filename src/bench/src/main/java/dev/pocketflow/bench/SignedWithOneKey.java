package dev.pocketflow.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** The default configuration of the seal, with these keys. */
record SignedWithOneKey(Map<String, String> keys) implements EnvelopeConfig {

    SignedWithOneKey() {
        this(Map.of("k1", Seal.randomKey()));
    }

    @Override
    public SealMode seal() {
        return SealMode.SIGNED;
    }

    @Override
    public Optional<String> key() {
        return Optional.empty();
    }

    @Override
    public Optional<String> secretKey() {
        return Optional.empty();
    }

    @Override
    public Duration expires() {
        return Duration.ofDays(1);
    }

    @Override
    public Duration restExpires() {
        return Duration.ofDays(365);
    }

    @Override
    public OptionalInt limit() {
        return OptionalInt.empty();
    }

    @Override
    public int maxBytes() {
        return 6 * 1024 * 1024;
    }

    @Override
    public int maxDepth() {
        return 200;
    }
}
