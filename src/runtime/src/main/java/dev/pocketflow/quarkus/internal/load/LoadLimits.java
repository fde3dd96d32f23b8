package dev.pocketflow.quarkus.internal.load;

import dev.pocketflow.quarkus.config.InFlightConfig;
import dev.pocketflow.quarkus.config.StreamConfig;
import io.quarkus.runtime.configuration.MemorySize;

/**
 * The limits on the work that an instance does at once.
 *
 * @param requests the memory for all requests
 * @param streams the part of it that streams may use
 * @param waiting the additional memory for events that wait for slow readers
 */
public record LoadLimits(InFlightConfig inFlight, StreamConfig stream, MemoryBudget requests, MemoryBudget streams,
        MemoryBudget waiting) {

    /** @param heap the most bytes that the process may use */
    public static LoadLimits of(InFlightConfig inFlight, StreamConfig stream, long heap) {
        long most = inFlight.maxMemory().map(MemorySize::asLongValue).orElse(heap / 2);
        return new LoadLimits(inFlight, stream, new MemoryBudget(most), new MemoryBudget(most / 2),
                new MemoryBudget(most / 4));
    }
}
