package dev.pocketflow.quarkus.internal.claimcheck;

import dev.pocketflow.quarkus.HandOverFailed;

/** Where the part of a run goes that is too large for the way out. Thread-safe. */
public interface ClaimCheck {

    /** Stands in for a claim check that is not configured. */
    ClaimCheck NONE = new NoClaimCheck();

    /** {@return whether no claim check is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /**
     * Keeps what a run left.
     *
     * @param run the run's ULID
     * @param name unique in the run; letters, digits, {@code -} and {@code _} only
     * @return the reference that {@link #read} takes
     * @throws HandOverFailed if it was not kept
     */
    String write(String run, String name, byte[] body);

    /**
     * Reads what was kept.
     *
     * @param most the most bytes to read
     * @throws HandOverFailed if it is not there, larger, or cannot be read
     */
    byte[] read(String reference, long most);

    /** Deletes all that is kept for a run; what is not there is no error. @throws HandOverFailed if that cannot be done */
    void delete(String run);
}
