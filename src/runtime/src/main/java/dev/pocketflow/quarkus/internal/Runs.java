package dev.pocketflow.quarkus.internal;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.pocketflow.Envelope;
import dev.pocketflow.Run;

/** Makes runs that are ready to start. */
interface Runs {

    /**
     * @param checkpoint takes the run as it is after a step
     * @param cancelled whether to stop the run; asked before steps
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if the run must not go on
     */
    Run run(Parcel parcel, Consumer<Envelope> checkpoint, BooleanSupplier cancelled);
}
