package dev.pocketflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.internal.Ulid;

/**
 * A run between two steps: its identity, its position and its data. {@link Run#resume} continues it.
 *
 * @param run the run's ULID
 * @param flow the name of the outermost flow
 * @param hop the hop that must work on it; the start event's is 0
 * @param steps the visits made so far, in all hops; a failed visit and its repetition count as one
 * @param usage the steps' usage, by unit: see {@link Visit#use}
 * @param position the stack of frames, outermost first; the last names the step that is next, or that failed
 * @param store the run's store
 * @param path the last 100 finished steps, oldest first
 */
public record Envelope(String run, String flow, int hop, int steps, Map<String, Double> usage, List<Frame> position,
        Store store, List<RunEvent.StepFinished> path) {

    /**
     * Makes the envelope of a run that has not begun.
     *
     * @param flow the outermost flow
     * @param store the run's store
     * @return its envelope, which is for hop 0
     */
    public static Envelope first(Flow flow, Store store) {
        return new Envelope(Ulid.next(), Objects.requireNonNull(flow, "flow").name(), 0, 0, Map.of(), List.of(),
                Objects.requireNonNull(store, "store"),
                List.of());
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
    public Envelope withPosition(List<Frame> position) {
        return new Envelope(run, flow, hop, steps, usage, position, store, path);
    }

    /** {@return the same run with another store} */
    public Envelope withStore(Store store) {
        return new Envelope(run, flow, hop, steps, usage, position, store, path);
    }

    /** {@return the {@link Flow#fingerprint()} of the {@link #target()}; {@code null} if the target has not begun} */
    public @Nullable String graph() {
        return position.isEmpty() ? null : position.get(segment()).graph();
    }

    /** {@return the name of the flow that continues: the outermost, or the one of a {@link RemoteFlow}} */
    public String target() {
        return position.isEmpty() ? flow : position.get(segment()).flow();
    }

    /** {@return when the run continues by itself; {@code null} if it continues at once, or waits for a signal without end} */
    public @Nullable Instant until() {
        return until(position);
    }

    /** {@return whether the run waits for a signal without a time limit} */
    public boolean isEndless() {
        @Nullable
        Pause pause = position.isEmpty() ? null : position.get(position.size() - 1).pause();
        return pause != null && pause.until() == null;
    }

    /** {@return the time of the part that continues first}. A part that continues at once ends the wait of all parts. */
    private static @Nullable Instant until(List<Frame> position) {
        if (position.isEmpty()) {
            return null;
        }
        Frame last = position.get(position.size() - 1);
        if (last.pause() != null) {
            return last.pause().until();
        }
        Instant first = null;
        for (List<Frame> part : last.parts().values()) {
            Instant until = until(part);
            if (until == null && !part.isEmpty()) {
                return null;
            }
            first = first == null || until != null && until.isBefore(first) ? until : first;
        }
        return first;
    }

    /** {@return the index of the first frame of the function that continues}. Earlier frames belong to other functions. */
    public int segment() {
        int first = position.size() - 1;
        while (first > 0 && !position.get(first).remote()) {
            first--;
        }
        return first;
    }

    /**
     * A flow on the stack.
     *
     * @param flow the flow's name
     * @param node the current node; {@code null} if the flow has not begun, or if its parts run in parallel
     * @param action the node's action, if the run has not followed it yet; otherwise {@code null}
     * @param graph the {@link Flow#fingerprint()} of the function's flow, in its first frame; otherwise {@code null}
     * @param remote whether a {@link RemoteFlow} in another function's frame called this flow
     * @param loop the iterations of a batch flow; {@code null} without iterations, or before they are read
     * @param batch the progress of the current batch node; {@code null} if it has not begun
     * @param parts the positions of the parts that run in parallel, by branch or iteration; an empty position is a finished
     *        part. Empty without parts
     * @param pause the pause of the current node; {@code null} without one
     * @param step the number of the visit to the node, if the visit failed and is made again under it. If parts run in
     *        parallel, the number of the step before them. Otherwise 0
     * @param steps the visits of a part, in the part's first frame; otherwise 0
     */
    public record Frame(String flow, @Nullable String node, @Nullable String action, @Nullable String graph, boolean remote,
            @Nullable Loop loop, @Nullable Batch batch,
            Map<String, List<Frame>> parts, @Nullable Pause pause, int step, int steps) {

        /** {@return the params of the current iteration; empty outside an iteration} */
        public Map<String, @Nullable Object> params() {
            return loop == null || loop.index() < 0 ? Map.of() : loop.iterations().get(loop.index());
        }

        /** {@return the same frame before its node began to wait} */
        public Frame withoutPause() {
            return new Frame(flow, node, action, graph, remote, loop, batch, parts, null, step, steps);
        }

        /** {@return the same frame without iterations, items and parts, and before its node began to wait} */
        public Frame withoutProgress() {
            return new Frame(flow, node, action, graph, remote, null, null, Map.of(), null, step, steps);
        }

        public Frame answered(String action) {
            return new Frame(flow, node, action, graph, remote, loop, batch, parts, null, 0, steps);
        }
    }

    /**
     * A pause of a node.
     *
     * @param step the visit's number; 0 before a repetition, whose number is in the frame
     * @param since when it began
     * @param until when the run continues by itself; {@code null} for never
     * @param retries the number of the repetition after the pause; 0 without one
     */
    public record Pause(int step, Instant since, @Nullable Instant until, int retries) {
    }

    /**
     * The iterations of a batch flow.
     *
     * @param iterations the params of each
     * @param index the current one, from 0; -1 if they run in parallel
     */
    public record Loop(List<Map<String, @Nullable Object>> iterations, int index) {

        /** {@return a text without the params, which must not be printed by accident} */
        @Override
        public String toString() {
            return "Loop[index=" + index + " of " + iterations.size() + "]";
        }
    }

    /**
     * A batch node between two of its items.
     *
     * @param sequence the visit's number; 0 if the visit failed and is made again under the frame's number
     * @param items the items of {@code prep}, or objects that a Jackson writer makes the same JSON of
     * @param results the results of the finished items, by index, in the same form
     * @param attempts the calls of {@code exec} so far
     * @param nanos the duration of the visit so far, in nanoseconds
     */
    public record Batch(int sequence, List<?> items, Map<Integer, @Nullable Object> results, int attempts, long nanos) {

        /** {@return a text without the items and results, which must not be printed by accident} */
        @Override
        public String toString() {
            return "Batch[sequence=" + sequence + ", " + results.size() + " of " + items.size() + " done]";
        }
    }
}
