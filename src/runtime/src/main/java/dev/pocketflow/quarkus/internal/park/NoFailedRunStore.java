package dev.pocketflow.quarkus.internal.park;

/** The store of a function that stores no failed runs: only the answer holds the run. */
final class NoFailedRunStore implements FailedRunStore {

    @Override
    public int limit() {
        return 0;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public String park(Message parked) {
        throw new IllegalStateException("no store for failed runs is configured, so run " + parked.run() + " cannot be stored");
    }
}
