package dev.pocketflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Ulid;

/**
 * A run between two steps: its identity, its position and its data. {@link Run#resume} continues it.
 *
 * @param run the run's ULID
 * @param flow the name of the outermost flow
 * @param hop the hop that must work on it; the start event's is 0
 * @param steps the visits made so far, in all hops; a failed visit and its repetition count as one
 * @param usage the steps' usage, by unit: see {@link Visit#use}
 * @param position the place where the run stands; for the engine
 * @param store the run's store
 * @param path the last 100 finished steps, oldest first
 */
public record Envelope(String run, String flow, int hop, int steps, Map<String, Double> usage, Position position,
        Store store, List<RunEvent.StepFinished> path) {

    /** Makes the envelope of a run that has not begun. */
    static Envelope first(Flow flow, Store store) {
        return new Envelope(Ulid.next(), Objects.requireNonNull(flow, "flow").name(), 0, 0, Map.of(), Position.START,
                Objects.requireNonNull(store, "store"), List.of());
    }

    /** {@return the same run for another hop} */
    public Envelope withHop(int hop) {
        return new Envelope(run, flow, hop, steps, usage, position, store, path);
    }

    /** {@return the same run with another usage} */
    public Envelope withUsage(Map<String, Double> usage) {
        return new Envelope(run, flow, hop, steps, usage, position, store, path);
    }

    /** {@return the same run at another position} */
    public Envelope withPosition(Position position) {
        return new Envelope(run, flow, hop, steps, usage, position, store, path);
    }

    /** {@return the same run with another store} */
    public Envelope withStore(Store store) {
        return new Envelope(run, flow, hop, steps, usage, position, store, path);
    }

    /** {@return the name of the flow that continues: the outermost, or the one of a {@link RemoteFlow}} */
    public String target() {
        String target = position.target();
        return target == null ? flow : target;
    }

    /** {@return when the run continues by itself; {@code null} if it continues at once, or waits for a signal without end} */
    public @Nullable Instant until() {
        return position.until();
    }

    /** {@return whether the run waits for a signal without a time limit} */
    public boolean isEndless() {
        return position.pause() != null && position.pause().until() == null;
    }
}
