package dev.pocketflow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A run that waits, and the clock of its hops. The hops share nothing but the JSON of the envelope. */
final class WaitingRun implements InstantSource {

    private final Flow flow;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    WaitingRun(Flow flow) {
        this.flow = flow;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Outcome start(Store store) {
        return TestRuns.of(flow, store).clock(this).start();
    }

    Run later(Outcome outcome) {
        Envelope left = outcome instanceof Outcome.Suspended suspended ? suspended.envelope()
                : outcome instanceof Outcome.Failed failed ? failed.envelope() : ((Outcome.HandedOver) outcome).envelope();
        return TestRuns.resume(flow, EnvelopeRoundTrip.of(left)).clock(this);
    }
}
