package dev.pocketflow.quarkus.internal.ledger;

/** A ledger of a process that ends before it could tell that a hop is done. */
public final class ForgetfulLedger implements LedgerOver {
    private final Ledger ledger;
    public boolean forgets = true;

    public ForgetfulLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public boolean done(Turn turn, byte[] outcome) {
        return forgets || ledger.done(turn, outcome);
    }
}
