package dev.pocketflow.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.AbstractList;
import java.util.RandomAccess;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.pocketflow.StepEvent;

/**
 * The last steps of a run as JSON that grows with them: a step is encoded once, however many envelopes it stands in, and not
 * before the first of them is written. Thread-safe.
 */
public final class PathJson {

    /** The most steps of a path. */
    public static final int KEPT = 100;

    private Window window; // null before the first step is written
    private int[] starts; // of the steps in the window, by their number
    private JsonGenerator json; // into the window, an array that never ends
    private String flow;
    private int oldest; // number of a step in the window
    private int next; // number of the step after those in the window

    /** A path at some moment; unmodifiable. */
    public static final class Steps extends AbstractList<StepEvent.Finished> implements RandomAccess {

        private final PathJson json;
        private final int end;
        private final StepEvent.Finished[] steps;

        /**
         * @param json of the run that these are the steps of
         * @param end the number of the last step plus one; numbers are consecutive
         */
        public Steps(PathJson json, int end, StepEvent.Finished... steps) {
            this.json = json;
            this.end = end;
            this.steps = steps;
        }

        @Override
        public StepEvent.Finished get(int index) {
            return steps[index];
        }

        @Override
        public int size() {
            return steps.length;
        }

        /**
         * Writes an array.
         *
         * @param target a generator of bytes
         * @param flow the outermost flow, which is left out
         */
        void write(JsonGenerator target, String flow) throws IOException {
            target.writeStartArray();
            if (steps.length > 0) {
                target.flush();
                OutputStream bytes = (OutputStream) target.getOutputTarget();
                if (!json.write(bytes, flow, this)) {
                    new PathJson().write(bytes, flow, this);
                }
            }
            target.writeEndArray();
        }
    }

    /** The bytes of an array, of which the first may be dropped. */
    private static final class Window extends ByteArrayOutputStream {

        void write(OutputStream target, int from) throws IOException {
            target.write(buf, from, count - from);
        }

        void drop(int bytes) {
            count -= bytes;
            System.arraycopy(buf, bytes, buf, 0, count);
        }
    }

    /** {@return whether it was written: false if the window has gone on since} */
    private synchronized boolean write(OutputStream target, String flow, Steps steps) throws IOException {
        int first = steps.end - steps.size();
        if (window == null || first > next) {
            begin(flow, first);
        }
        if (first < oldest || steps.end < next || !flow.equals(this.flow)) {
            return false;
        }
        while (next < steps.end) {
            starts[next % KEPT] = window.size() + 1; // a bracket or a comma comes first
            EnvelopeJson.step(json, flow, steps.get(next - first));
            json.flush();
            next++;
        }
        window.write(target, starts[first % KEPT]);
        oldest = first;
        if (starts[first % KEPT] > window.size() / 2) {
            forget(starts[first % KEPT] - 1);
        }
        return true;
    }

    private void begin(String flow, int first) throws IOException {
        window = new Window();
        starts = new int[KEPT];
        json = Json.MAPPER.createGenerator(window);
        json.writeStartArray();
        this.flow = flow;
        oldest = first;
        next = first;
    }

    private void forget(int bytes) {
        window.drop(bytes);
        for (int i = 0; i < starts.length; i++) {
            starts[i] -= bytes;
        }
    }
}
