package dev.pocketflow.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The lower bound of each work: a loop over objects, a map, Jackson, bare virtual threads. */
public final class Limit implements Contender {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A step that is one virtual call. */
    interface Body {
        default boolean step(Map<String, Object> state, int steps) {
            int count = (Integer) state.get("count") + 1;
            state.put("count", count);
            return count < steps;
        }
    }

    // one class for each node, as in a real flow; with one class the JIT would inline the virtual call
    static final class First implements Body {
    }

    static final class Second implements Body {
    }

    static final class Third implements Body {
    }

    @Override
    public String name() {
        return Result.LIMIT;
    }

    private static Body[] bodies(Shape shape) {
        Body[] bodies = new Body[shape.nodes()];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = i % 3 == 0 ? new First() : i % 3 == 1 ? new Second() : new Third();
        }
        return bodies;
    }

    @Override
    public Work steps(Shape shape) {
        Body[] loop = bodies(shape);
        return state -> {
            for (int i = 0; loop[i].step(state, shape.steps()); i = i + 1 == loop.length ? 0 : i + 1) {
            }
            return new Done((Integer) state.get("count"), 0);
        };
    }

    @Override
    public Work durable(Shape shape) {
        Body[] loop = bodies(shape);
        return state -> {
            long bytes = 0;
            boolean on = true;
            for (int i = 0; on; i = i + 1 == loop.length ? 0 : i + 1) {
                on = loop[i].step(state, shape.steps());
                if (shape.renewed()) {
                    State.renew(state::put);
                }
                bytes += write(state);
            }
            return new Done((Integer) state.get("count"), bytes);
        };
    }

    private static int write(Map<String, Object> state) throws IOException {
        return JSON.writeValueAsBytes(state).length;
    }

    @Override
    public Work map(int items, Duration each) {
        return state -> {
            int[] results = new int[items];
            Thread[] threads = new Thread[items];
            for (int i = 0; i < items; i++) {
                int index = i;
                threads[i] = Thread.startVirtualThread(() -> results[index] = wait(index, each));
            }
            long sum = 0;
            for (int i = 0; i < items; i++) {
                threads[i].join();
                sum += results[i];
            }
            return new Done(sum, 0);
        };
    }

    private static int wait(int item, Duration each) {
        try {
            Thread.sleep(each);
            return item + 1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
