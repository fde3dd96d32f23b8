package dev.pocketflow.quarkus.internal.engine;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.pocketflow.Envelope;
import dev.pocketflow.Run;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;

/** Makes runs that are ready to start. */
interface RunFactory {

    /**
     * @param checkpoint takes the run as it is after a step
     * @param cancelled whether to stop the run; asked before steps
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if the run must not go on
     */
    Run run(HopMessage parcel, Consumer<Envelope> checkpoint, BooleanSupplier cancelled);
}
