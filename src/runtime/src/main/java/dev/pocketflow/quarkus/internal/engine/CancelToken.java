package dev.pocketflow.quarkus.internal.engine;

/** The token in the answer to a start event, made when it is first asked for: most runs end before. Not thread-safe. */
final class CancelToken {

    private final HopServices services;
    private final boolean starts;
    private String token;

    /** @param starts whether the event started the run: whoever sent any other has no right to end it */
    CancelToken(HopServices services, boolean starts) {
        this.services = services;
        this.starts = starts;
    }

    /** {@return the token; null for whoever may not cancel the run, and where no event cancels runs} */
    String of(String run) {
        if (token == null && starts && !services.ledger().isNone()) {
            token = services.tokens().cancellation(run);
        }
        return token;
    }
}
