package dev.pocketflow.engine.position;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The place where a run stands between two steps. For the engine and the runtime; an author of flows carries it, and does not
 * read it.
 *
 * @param frames the stack of flows, outermost first; the last frame names the step that is next, or that failed. Empty before
 *        the first step
 */
public record Position(List<Frame> frames) {

    /** The position of a run that has yet to begin. */
    public static final Position START = new Position(List.of());

    /** {@return the innermost frame; null at the start} */
    public @Nullable Frame last() {
        return frames.isEmpty() ? null : frames.get(frames.size() - 1);
    }

    /** {@return the index of the first frame of the function that continues: those before it belong to other functions} */
    public int segment() {
        int first = frames.size() - 1;
        while (first > 0 && !frames.get(first).remote()) {
            first--;
        }
        return first;
    }

    /** {@return the flow that continues: the outermost, or the one that a remote flow led to; null at the start} */
    public @Nullable String target() {
        return frames.isEmpty() ? null : frames.get(segment()).flow();
    }

    /** {@return the fingerprint that the {@link #target} had; null at the start} */
    public @Nullable String graph() {
        return frames.isEmpty() ? null : frames.get(segment()).graph();
    }

    /** {@return the time when the run continues by itself; null if it continues at once, or waits for a signal without end} */
    public @Nullable Instant until() {
        return until(frames);
    }

    /** If one of several parts continues at once, the run does not wait. */
    private static @Nullable Instant until(List<Frame> frames) {
        if (frames.isEmpty()) {
            return null;
        }
        Frame last = frames.get(frames.size() - 1);
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

    /** {@return the pause of the innermost flow; null for none} */
    public @Nullable Pause pause() {
        return frames.isEmpty() ? null : last().pause();
    }

    /** {@return whether the run is between two functions: it moves to another one, or comes back from it} */
    public boolean moves() {
        Frame last = last();
        return last.action() != null || last.remote() && last.node() == null && last.graph() == null;
    }

    /** {@return the same position before its step began to wait} */
    public Position withoutPause() {
        return new Position(frames.stream().map(frame -> frame == last() ? frame.withoutPause() : frame).toList());
    }

    /** {@return the same position without iterations, items and parts, and before its step began to wait} */
    public Position withoutProgress() {
        return new Position(frames.stream().map(Frame::withoutProgress).toList());
    }

    /**
     * A flow on the stack.
     *
     * @param flow the flow's name
     * @param node the current node; null if the flow has not begun, or if its parts run in parallel
     * @param action the node's action, if the run has not followed it yet; otherwise null
     * @param graph the fingerprint of the function's flow, in its first frame; otherwise null
     * @param remote whether a remote flow in another function's frame called this flow
     * @param loop the iterations of a batch flow; null without iterations, or before they are read
     * @param batch the progress of the current batch node; null if it has not begun
     * @param parts the positions of the parts that run in parallel, by branch or iteration; an empty position is a finished
     *        part. Empty without parts
     * @param pause the pause of the current node; null without one
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

        private Frame withoutPause() {
            return new Frame(flow, node, action, graph, remote, loop, batch, parts, null, step, steps);
        }

        private Frame withoutProgress() {
            return new Frame(flow, node, action, graph, remote, null, null, Map.of(), null, step, steps);
        }

        /** {@return the same frame, whose node answered with this action} */
        public Frame answered(String action) {
            return new Frame(flow, node, action, graph, remote, loop, batch, parts, null, 0, steps);
        }
    }

    /**
     * A pause of a node.
     *
     * @param step the visit's number; 0 before a repetition, whose number is in the frame
     * @param since when it began
     * @param until when the run continues by itself; null for never
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
