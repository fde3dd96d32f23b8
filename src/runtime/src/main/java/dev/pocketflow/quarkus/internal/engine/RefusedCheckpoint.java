package dev.pocketflow.quarkus.internal.engine;

import dev.pocketflow.quarkus.EnvelopeRefused;

/** A checkpoint of the ledger that was refused: it is further on than the event that brought its run back. */
final class RefusedCheckpoint extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final transient EnvelopeRefused refused;
    private final transient byte[] checkpoint;

    RefusedCheckpoint(EnvelopeRefused refused, byte[] checkpoint) {
        super(refused.getMessage(), null, false, false);
        this.refused = refused;
        this.checkpoint = checkpoint;
    }

    EnvelopeRefused refused() {
        return refused;
    }

    byte[] checkpoint() {
        return checkpoint;
    }
}
