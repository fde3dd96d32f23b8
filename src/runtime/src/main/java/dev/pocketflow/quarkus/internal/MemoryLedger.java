package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** In this process, and gone with it: for dev and test, and for a function of which there is one instance. */
final class MemoryLedger implements Ledger {

    private final Duration keep;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();
    /** When to look whether an entry is over. One whose end was put off is in here more than once. */
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::at));

    MemoryLedger(Duration keep, InstantSource clock) {
        this.keep = keep;
        this.clock = clock;
    }

    /** What is known of a hop; of a cancelled run, that it is there. */
    private static final class Entry {
        private String owner;
        private Instant until;
        private Instant expiration;
        private byte[] checkpoint;
        private byte[] outcome;

        boolean of(Turn turn) {
            return turn.owner().equals(owner);
        }
    }

    private record End(String id, Instant at) {
    }

    @Override
    public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public synchronized Claim claim(Turn turn, Instant until) {
        Instant now = swept();
        Entry entry = entries.computeIfAbsent(turn.id(), id -> new Entry());
        if (entry.outcome != null) {
            return new Claim.Done(entry.outcome.clone());
        }
        if (entry.owner != null && !entry.of(turn) && entry.until.isAfter(now)) {
            return new Claim.Busy(entry.until);
        }
        entry.owner = turn.owner();
        entry.until = until;
        expire(turn.id(), entry, turn.kept(until.isAfter(now) ? until : now, keep));
        return new Claim.Held(entry.checkpoint == null ? null : entry.checkpoint.clone());
    }

    @Override
    public synchronized boolean checkpoint(Turn turn, byte[] envelope) {
        swept();
        Entry entry = entries.get(turn.id());
        if (entry == null || !entry.of(turn) || entry.outcome != null) {
            return false;
        }
        entry.checkpoint = envelope.clone();
        return true;
    }

    @Override
    public synchronized boolean done(Turn turn, byte[] outcome) {
        Instant now = swept();
        Entry entry = entries.get(turn.id());
        if (entry == null || !entry.of(turn)) {
            return false;
        }
        if (entry.outcome == null) {
            entry.outcome = outcome.clone();
            entry.checkpoint = null;
            expire(turn.id(), entry, turn.kept(now, keep));
        }
        return true;
    }

    @Override
    public synchronized void free(Turn turn) {
        swept();
        Entry entry = entries.get(turn.id());
        if (entry != null && entry.of(turn) && entry.outcome == null) {
            entry.owner = null;
        }
    }

    @Override
    public synchronized void cancel(String run, Duration atLeast) {
        Instant now = swept();
        expire(Ledger.cancellation(run), entries.computeIfAbsent(Ledger.cancellation(run), id -> new Entry()),
                now.plus(Ledger.longer(keep, atLeast)));
    }

    @Override
    public synchronized boolean cancelled(String run) {
        swept();
        return entries.containsKey(Ledger.cancellation(run));
    }

    /** {@return how many hops and runs it remembers} */
    synchronized int size() {
        swept();
        return entries.size();
    }

    private void expire(String id, Entry entry, Instant at) {
        entry.expiration = at;
        ends.add(new End(id, at));
    }

    /** {@return the time it is, at which nothing is left that is over} */
    private Instant swept() {
        Instant now = clock.instant();
        while (!ends.isEmpty() && !ends.peek().at().isAfter(now)) {
            String id = ends.remove().id();
            entries.computeIfPresent(id, (key, entry) -> entry.expiration.isAfter(now) ? entry : null);
        }
        return now;
    }
}
