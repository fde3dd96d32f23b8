package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes where a test lets it. It is far from now, when no store deletes anything of its own accord. */
final class SetClock implements InstantSource {

    private volatile Instant now = Instant.parse("2100-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant in(Duration time) {
        return now.plus(time);
    }
}
