package dev.pocketflow.quarkus.internal.claimcheck;

/** The claim check of a function that has none: an envelope holds the whole run. */
final class NoClaimCheck implements ClaimCheck {

    @Override
    public String write(String run, String name, byte[] body) {
        throw new IllegalStateException("no claim check is configured, so a part of run " + run + " cannot be stored");
    }

    @Override
    public byte[] read(String reference, long most) {
        throw new IllegalStateException("no claim check is configured, so " + reference + " cannot be read");
    }

    @Override
    public void delete(String run) {
        // nothing is stored
    }
}
