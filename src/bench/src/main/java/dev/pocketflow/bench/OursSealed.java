package dev.pocketflow.bench;

import java.time.Duration;

import dev.pocketflow.Envelope;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeWriter;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** PocketFlow with signed envelopes (HS256). An envelope is 8 KB, most of it the path. */
public final class OursSealed extends Ours {

    private final Seal seal = new Seal(new SignedWithOneKey());

    @Override
    public String name() {
        return super.name() + ", sealed";
    }

    @Override
    byte[] bytes(Envelope envelope) {
        return seal.close(EnvelopeWriter.bytes(envelope));
    }

    @Override
    public Work steps(Shape shape) {
        throw new UnsupportedOperationException("PocketFlow seals only envelopes. This work has no envelope.");
    }

    @Override
    public Work map(int items, Duration each) {
        throw new UnsupportedOperationException("PocketFlow seals only envelopes. This work has no envelope.");
    }
}
