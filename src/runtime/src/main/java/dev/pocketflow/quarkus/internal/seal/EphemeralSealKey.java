package dev.pocketflow.quarkus.internal.seal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.pocketflow.quarkus.config.EnvelopeConfig;

/** A key for dev and test. Nobody configures it, and it is lost when the process ends. */
public record EphemeralSealKey(EnvelopeConfig config, Map<String, String> keys) implements EnvelopeConfig {

    public EphemeralSealKey(EnvelopeConfig config) {
        this(config, Map.of("own", Seal.randomKey()));
    }

    @Override
    public SealMode seal() {
        return config.seal();
    }

    @Override
    public Optional<String> key() {
        return config.key();
    }

    @Override
    public Optional<String> secretKey() {
        return config.secretKey();
    }

    @Override
    public Duration expires() {
        return config.expires();
    }

    @Override
    public Duration restExpires() {
        return config.restExpires();
    }

    @Override
    public OptionalInt limit() {
        return config.limit();
    }

    @Override
    public int maxBytes() {
        return config.maxBytes();
    }

    @Override
    public int maxDepth() {
        return config.maxDepth();
    }
}
