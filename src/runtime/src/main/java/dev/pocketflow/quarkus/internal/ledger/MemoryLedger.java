package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

/**
 * A ledger in the memory of this process, lost when it ends. It is for dev and test, and for a function with one instance. Its
 * memory is limited: beyond the limit it drops the stores of the oldest outcomes, then the outcomes.
 */
public final class MemoryLedger implements Ledger {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.ledger");
    /** The approximate bytes of an entry besides its content. */
    private static final int OVERHEAD = 400;

    private final Duration keep;
    private final InstantSource clock;
    private final long most;
    private long bytes;
    private boolean warned;
    /** The entries in the order in which they were completed or claimed. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** The times at which an entry may expire. An entry whose expiry was moved is listed more than once. */
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::at));

    /** Makes a ledger without a memory limit. */
    public MemoryLedger(Duration keep, InstantSource clock) {
        this(keep, Long.MAX_VALUE, clock);
    }

    /** @param most the most bytes, approximately */
    public MemoryLedger(Duration keep, long most, InstantSource clock) {
        this.keep = keep;
        this.most = most;
        this.clock = clock;
    }

    /** The state of a hop or of a run, or the cancellation of a run. */
    private static final class Entry {
        private String owner;
        private Instant until;
        private Instant expiration;
        private byte[] checkpoint;
        private byte[] outcome;
        private boolean cancellation;
        /** The hop of a state, which is the entry's outcome. */
        private int hop;

        /** {@return whether an invocation works on the hop, and so needs the entry} */
        boolean isLive(Instant now) {
            return owner != null && outcome == null && until.isAfter(now);
        }

        int size() {
            return OVERHEAD + (checkpoint == null ? 0 : checkpoint.length) + (outcome == null ? 0 : outcome.length);
        }

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
        Entry entry = entries.computeIfAbsent(turn.id(), id -> added(new Entry()));
        if (entry.outcome != null) {
            return new Claim.Done(entry.outcome.clone());
        }
        if (entry.owner != null && !entry.of(turn) && entry.until.isAfter(now)) {
            return new Claim.Busy(entry.until);
        }
        entry.owner = turn.owner();
        entry.until = until;
        expire(turn.id(), entry, turn.kept(until.isAfter(now) ? until : now, keep));
        forget(now);
        return new Claim.Held(entry.checkpoint == null ? null : entry.checkpoint.clone());
    }

    @Override
    public synchronized boolean checkpoint(Turn turn, byte[] envelope) {
        Instant now = swept();
        Entry entry = entries.get(turn.id());
        if (entry == null || !entry.of(turn) || entry.outcome != null) {
            return false;
        }
        bytes -= entry.size();
        entry.checkpoint = envelope.clone();
        bytes += entry.size();
        forget(now);
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
            bytes -= entry.size();
            entry.outcome = outcome.clone();
            entry.checkpoint = null;
            bytes += entry.size();
            entries.remove(turn.id());
            entries.put(turn.id(), entry);
            expire(turn.id(), entry, turn.kept(now, keep));
            forget(now);
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
        Entry entry = entries.computeIfAbsent(Ledger.cancellation(run), id -> added(new Entry()));
        entry.cancellation = true;
        expire(Ledger.cancellation(run), entry, now.plus(Ledger.longer(keep, atLeast)));
        forget(now);
    }

    @Override
    public synchronized boolean cancelled(String run) {
        swept();
        return entries.containsKey(Ledger.cancellation(run));
    }

    @Override
    public synchronized void recordState(String run, int hop, byte[] state, Duration atLeast) {
        Instant now = swept();
        Entry entry = entries.computeIfAbsent(Ledger.state(run), id -> added(new Entry()));
        if (hop >= entry.hop) {
            bytes -= entry.size();
            entry.hop = hop;
            entry.outcome = state.clone();
            bytes += entry.size();
            expire(Ledger.state(run), entry, now.plus(Ledger.longer(keep, atLeast)));
            forget(now);
        }
    }

    @Override
    public synchronized byte[] recordedState(String run) {
        swept();
        Entry entry = entries.get(Ledger.state(run));
        return entry == null ? null : entry.outcome.clone();
    }

    @Override
    public synchronized Optional<Claim> found(String run, int hop) {
        Instant now = swept();
        Entry entry = entries.get(Ledger.hop(run, hop));
        if (entry == null) {
            return Optional.empty();
        } else if (entry.outcome != null) {
            return Optional.of(new Claim.Done(entry.outcome.clone()));
        }
        return Optional.of(entry.isLive(now) ? new Claim.Busy(entry.until)
                : new Claim.Held(entry.checkpoint == null ? null : entry.checkpoint.clone()));
    }

    /** {@return the number of remembered hops and runs} */
    synchronized int size() {
        swept();
        return entries.size();
    }

    /** {@return the approximate memory in use, in bytes} */
    synchronized long bytes() {
        swept();
        return bytes;
    }

    private Entry added(Entry entry) {
        bytes += entry.size();
        return entry;
    }

    /**
     * Frees memory. It frees more than necessary, because it reads all entries. It drops the stores of outcomes first, then the
     * oldest hops that no invocation works on, and cancellations last.
     */
    private void forget(Instant now) {
        if (bytes <= most) {
            return;
        }
        long enough = most - most / 8;
        warn();
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext() && bytes > enough;) {
            Entry entry = each.next();
            if (entry.outcome != null && each.hasNext()) {
                bytes -= entry.size();
                byte[] small = RecordedOutcome.withoutStore(entry.outcome);
                entry.outcome = small == null ? entry.outcome : small;
                bytes += entry.size();
            }
        }
        remove(enough, entry -> !entry.cancellation && !entry.isLive(now));
        remove(enough, entry -> !entry.isLive(now));
        ends.clear();
        entries.forEach((id, entry) -> ends.add(new End(id, entry.expiration)));
    }

    /** Removes entries, but never the newest one. */
    private void remove(long enough, Predicate<Entry> which) {
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext() && bytes > enough;) {
            Entry entry = each.next();
            if (each.hasNext() && which.test(entry)) {
                bytes -= entry.size();
                each.remove();
            }
        }
    }

    private void warn() {
        if (!warned) {
            warned = true;
            LOG.warnf(
                    "The ledger in memory exceeds %d bytes (quarkus.pocketflow.ledger.max-memory) and forgets the oldest "
                            + "outcomes. An event that is delivered again after that is answered without the store, or runs "
                            + "again. Raise the key, shorten quarkus.pocketflow.ledger.keep, or use redis or dynamodb. This is "
                            + "logged once",
                    most);
        }
    }

    private void expire(String id, Entry entry, Instant at) {
        entry.expiration = at;
        ends.add(new End(id, at));
    }

    /** {@return the current time, after the removal of all expired entries} */
    private Instant swept() {
        Instant now = clock.instant();
        while (!ends.isEmpty() && !ends.peek().at().isAfter(now)) {
            String id = ends.remove().id();
            Entry entry = entries.get(id);
            if (entry != null && !entry.expiration.isAfter(now)) {
                bytes -= entry.size();
                entries.remove(id);
            }
        }
        return now;
    }
}
