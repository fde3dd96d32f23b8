package dev.pocketflow.quarkus.internal.envelope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.pocketflow.engine.context.RecentSteps;
import dev.pocketflow.internal.json.Json;

/**
 * The last steps of a run as JSON. A step is encoded once, when the first envelope that holds it is written. Thread-safe.
 */
final class PathJsonCache {

    private Window window; // null before the first step is written
    private int[] starts; // of the steps in the window, by their number
    private JsonGenerator json; // into the window, an array that never ends
    private String flow;
    private int oldest; // number of a step in the window
    private int next; // number of the step after those in the window

    /**
     * Writes the array of a path.
     *
     * @param target a generator of bytes
     * @param flow the name of the outermost flow; a step of this flow does not repeat it
     */
    static void write(JsonGenerator target, String flow, RecentSteps steps) throws IOException {
        target.writeStartArray();
        if (!steps.isEmpty()) {
            target.flush();
            OutputStream bytes = (OutputStream) target.getOutputTarget();
            if (!EncodedTextCache.of(steps).path.write(bytes, flow, steps)) {
                new PathJsonCache().write(bytes, flow, steps);
            }
        }
        target.writeEndArray();
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

    /** {@return whether the path was written; false if the window has moved past it} */
    private synchronized boolean write(OutputStream target, String flow, RecentSteps steps) throws IOException {
        int first = steps.end() - steps.size();
        if (window == null || first > next) {
            begin(flow, first);
        }
        if (first < oldest || steps.end() < next || !flow.equals(this.flow)) {
            return false;
        }
        while (next < steps.end()) {
            starts[next % RecentSteps.KEPT] = window.size() + 1; // a bracket or a comma comes first
            EnvelopeWriter.step(json, flow, steps.get(next - first));
            json.flush();
            next++;
        }
        window.write(target, starts[first % RecentSteps.KEPT]);
        oldest = first;
        if (starts[first % RecentSteps.KEPT] > window.size() / 2) {
            forget(starts[first % RecentSteps.KEPT] - 1);
        }
        return true;
    }

    private void begin(String flow, int first) throws IOException {
        window = new Window();
        starts = new int[RecentSteps.KEPT];
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
