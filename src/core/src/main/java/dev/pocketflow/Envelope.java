package dev.pocketflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.pocketflow.internal.Ulid;

/**
 * A run between two steps: who it is, where it stands, what it knows. {@link Run#resume} goes on from it.
 *
 * @param run the run's ULID
 * @param flow the name of the outermost flow
 * @param hop the hop that is to work on it; the start event's is 0
 * @param steps the visits made so far, in all hops; one that failed and is made again is one
 * @param usage what the steps used, by unit: see {@link Visit#use}
 * @param position the stack of frames, outermost first; the last names the step that is next, or that failed
 * @param store the run's store
 * @param path the last 100 finished steps, oldest first
 */
public record Envelope(String run, String flow, int hop, int steps, Map<String, Double> usage, List<Frame> position,
        Store store, List<RunEvent.StepFinished> path) {

    /**
     * A run that has yet to begin.
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

    /** {@return the {@link Flow#fingerprint()} that the {@link #target()} had; {@code null} where it has yet to begin} */
    public String graph() {
        return position.isEmpty() ? null : position.get(segment()).graph();
    }

    /** {@return the flow that goes on: the outermost, or the one that a {@link RemoteFlow} led to} */
    public String target() {
        return position.isEmpty() ? flow : position.get(segment()).flow();
    }

    /**
     * {@return when the run goes on by itself; {@code null} where it goes on at once, or waits for a signal without end}
     */
    public Instant until() {
        return until(position);
    }

    /** {@return whether the run waits for a signal that may take any time} */
    public boolean isEndless() {
        Pause pause = position.isEmpty() ? null : position.get(position.size() - 1).pause();
        return pause != null && pause.until() == null;
    }

    /** Of parts, one that goes on at once keeps all from waiting. */
    private static Instant until(List<Frame> position) {
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

    /** Where the frames of the function that goes on begin; those before belong to others. */
    public int segment() {
        int first = position.size() - 1;
        while (first > 0 && !position.get(first).remote()) {
            first--;
        }
        return first;
    }

    /**
     * One flow on the stack.
     *
     * @param flow the flow's name
     * @param node the node it stands on; {@code null} where it has not begun, or its parts run side by side
     * @param action what the node answered, where that is yet to be followed; else {@code null}
     * @param graph the {@link Flow#fingerprint()} of the function's flow, in the first of its frames; else {@code null}
     * @param remote whether a {@link RemoteFlow} led here, from another function's frame
     * @param loop the iterations of a batch flow; {@code null} where there are none, or they are yet to be read
     * @param batch the progress of the batch node it stands on; {@code null} where that has not begun
     * @param parts the positions of the parts that run side by side, by branch or iteration; an empty one is done. Empty where
     *        there are none
     * @param pause of the node it stands on; {@code null} where there was none
     * @param step the number of the visit to its node, where that failed and is made again under it; where parts run side by
     *        side, that of the step before them; else 0
     * @param steps in the first frame of a part, the visits that the part has made; else 0
     */
    public record Frame(String flow, String node, String action, String graph, boolean remote, Loop loop, Batch batch,
            Map<String, List<Frame>> parts, Pause pause, int step, int steps) {

        /** {@return the params of the current iteration; empty where there is none} */
        public Map<String, Object> params() {
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
     * A stay at a node.
     *
     * @param step the visit's number; 0 before a repetition, whose number the frame has
     * @param since when it began
     * @param until when the run goes on by itself; {@code null} for never
     * @param retries how many repetitions of the node it is the last of; 0 for none
     */
    public record Pause(int step, Instant since, Instant until, int retries) {
    }

    /**
     * The iterations of a batch flow.
     *
     * @param iterations the params of each
     * @param index the current one, from 0; -1 where they run side by side
     */
    public record Loop(List<Map<String, Object>> iterations, int index) {

        /** {@return no params: these may be printed by accident} */
        @Override
        public String toString() {
            return "Loop[index=" + index + " of " + iterations.size() + "]";
        }
    }

    /**
     * A batch node between two of its items.
     *
     * @param sequence the visit's number; 0 where it failed and is made again, under the number that the frame has
     * @param items what {@code prep} returned, and what a Jackson writer makes its JSON of
     * @param results those of the finished items, by index; likewise
     * @param attempts the calls of {@code exec} so far
     * @param nanos how long the visit has taken so far, in nanoseconds
     */
    public record Batch(int sequence, List<?> items, Map<Integer, Object> results, int attempts, long nanos) {

        /** {@return no items and no results: these may be printed by accident} */
        @Override
        public String toString() {
            return "Batch[sequence=" + sequence + ", " + results.size() + " of " + items.size() + " done]";
        }
    }
}
