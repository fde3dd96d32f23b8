package dev.pocketflow.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeWriter;

/** PocketFlow for Quarkus: the walker, its envelope, and its path, which is read at the end. */
public class Ours implements Contender {

    private static final Key<Integer> COUNT = Key.of("count", Integer.class);
    private static final Key<List<Integer>> RESULTS = Key.listOf("results", Integer.class);

    /** A step. */
    abstract static class Counting implements Node<Object, Object> {

        private final int steps;
        private final boolean renewed;

        Counting(Shape shape) {
            steps = shape.steps();
            renewed = shape.renewed();
        }

        @Override
        public String post(Store shared, Object prepared, Object result) {
            if (renewed) {
                State.renew(shared::put);
            }
            return shared.update(COUNT, count -> count + 1) < steps ? null : "done";
        }
    }

    static final class First extends Counting {
        First(Shape shape) {
            super(shape);
        }
    }

    static final class Second extends Counting {
        Second(Shape shape) {
            super(shape);
        }
    }

    static final class Third extends Counting {
        Third(Shape shape) {
            super(shape);
        }
    }

    /** An item. */
    private record Waiting(int items, Duration each) implements ParallelBatchNode<Integer, Integer> {

        @Override
        public List<Integer> prep(Store shared) {
            return IntStream.range(0, items).boxed().toList();
        }

        @Override
        public Integer exec(Integer item) throws InterruptedException {
            Thread.sleep(each);
            return item + 1;
        }

        @Override
        public String post(Store shared, List<Integer> prepared, List<Integer> results) {
            shared.put(RESULTS, results);
            return null;
        }

        /** As many items at once as the peers have. */
        @Override
        public int concurrency() {
            return Integer.MAX_VALUE;
        }
    }

    @Override
    public String name() {
        return Result.OURS;
    }

    /** A loop of {@code nodes} in nested flows. Each outer flow has one node: the next inner flow. */
    private static Flow flow(Shape shape) {
        Flow.Builder loop = Flow.named("loop");
        for (int i = 0; i < shape.nodes(); i++) {
            loop.node("node" + i, i % 3 == 0 ? new First(shape)
                    : i % 3 == 1 ? new Second(shape) : new Third(shape))
                    .then("node" + (i + 1) % shape.nodes()).ends("done");
        }
        Flow flow = loop.build();
        for (int level = 1; level < shape.nesting(); level++) {
            flow = Flow.named("level" + level).node("inner", flow).ends("done").build();
        }
        return flow;
    }

    /** Sets the options of each run. */
    Run configured(Run run, Shape shape) {
        return run.maxSteps(shape.steps() + shape.nesting());
    }

    /** {@return the envelope as it is written after each step} */
    byte[] bytes(Envelope envelope) {
        return EnvelopeWriter.bytes(envelope);
    }

    private Done go(Flow flow, Shape shape, Map<String, Object> state, UnaryOperator<Envelope> trip, long[] bytes) {
        Run run = configured(Run.of(flow, Store.of(state)), shape);
        if (trip != null) {
            run.everyStep(trip);
        }
        long count = run.start().orThrow().store().get(COUNT);
        return run.path() == null ? null : new Done(count, bytes[0]);
    }

    @Override
    public Work steps(Shape shape) {
        Flow flow = flow(shape);
        return state -> go(flow, shape, state, null, new long[1]);
    }

    @Override
    public Work durable(Shape shape) {
        Flow flow = flow(shape);
        return state -> {
            long[] bytes = { 0 };
            return go(flow, shape, state, envelope -> {
                bytes[0] += bytes(envelope).length;
                return envelope;
            }, bytes);
        };
    }

    @Override
    public Work map(int items, Duration each) {
        Flow flow = Flow.named("batch").node("wait", new Waiting(items, each)).build();
        return state -> new Done(flow.run(Store.of(state)).orThrow().store().get(RESULTS).stream()
                .mapToLong(Integer::longValue).sum(), 0);
    }
}
