package dev.pocketflow.quarkus.internal.claimcheck;

import dev.pocketflow.quarkus.HandOverFailed;

/** Storage for the part of a run that exceeds the limit of its transport. Thread-safe. */
public interface ClaimCheck {

    /** Stands in for a claim check that is not configured. */
    ClaimCheck NONE = new NoClaimCheck();

    /** {@return whether no claim check is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /**
     * Stores a part of a run.
     *
     * @param run the run's ULID
     * @param name unique in the run; letters, digits, {@code -} and {@code _} only
     * @return the reference that {@link #read} takes
     * @throws HandOverFailed if it was not stored
     */
    String write(String run, String name, byte[] body);

    /**
     * Reads a stored part.
     *
     * @param most the most bytes to read
     * @throws HandOverFailed if the part does not exist, is larger, or cannot be read
     */
    byte[] read(String reference, long most);

    /** Deletes all stored parts of a run. Missing parts are not an error. @throws HandOverFailed if they cannot be deleted */
    void delete(String run);
}
