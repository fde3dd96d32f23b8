package dev.pocketflow.quarkus.internal.engine;

import java.util.function.Supplier;

/** The token in the answer to a start event. It is made at the first call, since most runs end before. Not thread-safe. */
final class CancelToken implements Supplier<String> {

    private final HopServices services;
    private final String run;
    private final boolean starts;
    private String token;

    /** @param starts whether the event started the run: the sender of any other event has no right to end it */
    CancelToken(HopServices services, String run, boolean starts) {
        this.services = services;
        this.run = run;
        this.starts = starts;
    }

    /** {@return the token; null if the sender may not cancel the run, or no event cancels runs} */
    @Override
    public String get() {
        if (token == null && starts && !services.ledger().isNone()) {
            token = services.tokens().cancellation(run);
        }
        return token;
    }
}
