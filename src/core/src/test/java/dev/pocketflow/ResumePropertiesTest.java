package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.pocketflow.internal.Threads;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * However often a run is handed over or fails, and is taken up again, it does what it does in one go: nothing twice, nothing
 * left out.
 */
class ResumePropertiesTest {

    enum Shape {
        PLAIN,
        LOOP,
        PARALLEL,
        BRANCHES
    }

    /**
     * @param targets the node of each action, modulo their number
     * @param script the actions, visit by visit; then the default action
     * @param items of a batch node; -1 for a plain one
     */
    record NodePlan(List<Integer> targets, List<Integer> script, int items, int width, FlowPlan nested) {
    }

    /** @param count of iterations or branches */
    record FlowPlan(Shape shape, int count, boolean after, List<NodePlan> nodes) {
    }

    @Provide
    Arbitrary<FlowPlan> plans() {
        return flows(3);
    }

    private Arbitrary<FlowPlan> flows(int depth) {
        return Combinators.combine(Arbitraries.of(Shape.class), Arbitraries.integers().between(0, 3),
                Arbitraries.of(true, false), nodes(depth).list().ofMinSize(1).ofMaxSize(3)).as(FlowPlan::new);
    }

    private Arbitrary<NodePlan> nodes(int depth) {
        Arbitrary<FlowPlan> leaf = Arbitraries.just((FlowPlan) null);
        Arbitrary<FlowPlan> nested = depth == 0 ? leaf
                : Arbitraries.frequencyOf(Tuple.of(2, leaf), Tuple.of(1, Arbitraries.lazy(() -> flows(depth - 1))));
        return Combinators.combine(Arbitraries.integers().between(0, 4).list().ofSize(2),
                Arbitraries.integers().between(0, 1).list().ofMaxSize(3), Arbitraries.integers().between(-1, 4),
                Arbitraries.of(1, 2, Integer.MAX_VALUE), nested).as(NodePlan::new);
    }

    /** The work of the nodes of one run, outside its store. */
    private static final class Record {
        final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
        final ConcurrentHashMap<String, Boolean> failed = new ConcurrentHashMap<>();
        /** The keys that visits and items send to services, without the run. */
        final ConcurrentHashMap<String, String> keys = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<String> changed = new ConcurrentLinkedQueue<>();
        final int failEach;

        Record(int failEach) {
            this.failEach = failEach;
        }

        /** Fails the first call for about one in {@code failEach} names. */
        void fragile(String what) {
            if (failEach > 0 && Math.floorMod(what.hashCode(), failEach) == 0 && failed.putIfAbsent(what, true) == null) {
                throw new IllegalStateException("made up");
            }
        }

        /** Records the key of a visit or an item each time it is made. */
        void told(String what) {
            Visit visit = Visit.current();
            String key = visit.key().substring(visit.run().length());
            if (!key.equals(keys.getOrDefault(what, key))) {
                changed.add(what);
            }
            keys.put(what, key);
        }

        List<String> sorted() {
            return done.stream().sorted().toList();
        }
    }

    private static Flow flow(FlowPlan plan, String name, Record record) {
        if (plan.shape == Shape.BRANCHES) {
            return Flow.branches(name, IntStream.rangeClosed(0, plan.count)
                    .mapToObj(i -> graph(plan, name + "b" + i, record).build()).toArray(Flow[]::new));
        }
        Flow.Builder builder = graph(plan, name, record);
        if (plan.shape != Shape.PLAIN) {
            builder.forEach(shared -> {
                record.fragile("forEach " + name + shared.params());
                record.done.add("forEach " + name + shared.params());
                return IntStream.range(0, plan.count).mapToObj(i -> Map.of("last", i, name, "i" + i)).toList();
            });
        }
        return builder.concurrency(plan.shape == Shape.PARALLEL ? 2 : 1).build();
    }

    /**
     * A plain node may lead back, as often as its script is long. A nested flow leads forward only, so that every walk ends.
     */
    private static Flow.Builder graph(FlowPlan plan, String name, Record record) {
        Flow.Builder builder = Flow.named(name);
        for (int i = 0; i < plan.nodes.size(); i++) {
            NodePlan node = plan.nodes.get(i);
            builder.node("n" + i, node.nested != null ? flow(node.nested, name + i, record)
                    : node.items >= 0 ? new Batch(node, name + i, record) : plain(node, name + i, record));
            if (node.nested == null) {
                builder.on("a0", "n" + node.targets.get(0) % plan.nodes.size());
                builder.on("a1", "n" + node.targets.get(1) % plan.nodes.size());
            }
            if (i + 1 < plan.nodes.size()) {
                builder.then("n" + (i + 1)).on("renamed", "n" + (i + 1));
            } else {
                builder.ends("default").ends("renamed");
            }
        }
        return !plan.after ? builder : builder.after((shared, action) -> {
            record.fragile("after " + name + shared.params());
            record.done.add("after " + name + shared.params() + action);
            return action.equals("default") ? "renamed" : null;
        });
    }

    private static Node<Object, Object> plain(NodePlan plan, String id, Record record) {
        return TestSteps.posting(shared -> next(plan, id, shared, record));
    }

    /** Parallel iterations share a store. The counters are therefore per params. */
    private static String next(NodePlan plan, String id, Store shared, Record record) {
        String visited = id + shared.params();
        record.told(visited + shared.find(visited));
        record.fragile(visited + shared.find(visited));
        record.done.add("post " + visited);
        int visit = (Integer) shared.update(visited, old -> old == null ? 0 : (Integer) old + 1);
        return visit < plan.script.size() ? "a" + plan.script.get(visit) : null;
    }

    record Item(String of, int number) {
    }

    record Batch(NodePlan plan, String id, Record record) implements BatchNode<Item, List<String>> {
        @Override
        public List<Item> prep(Store shared) {
            record.done.add("prep " + id + shared.params());
            return IntStream.range(0, plan.items)
                    .mapToObj(i -> new Item(shared.params() + "" + shared.find(id + shared.params()), i)).toList();
        }

        @Override
        public List<String> exec(Item item) {
            record.told(id + item);
            record.fragile(id + item);
            record.done.add("exec " + id + item);
            return List.of(item.of, "r" + item.number);
        }

        @Override
        public String post(Store shared, List<Item> items, List<List<String>> results) {
            assertThat(results).isEqualTo(items.stream().map(item -> List.of(item.of, "r" + item.number)).toList());
            return next(plan, id, shared, record);
        }

        @Override
        public int concurrency() {
            return plan.width;
        }
    }

    @Property(tries = 100)
    void handedOverRun_hasTheResultOfOneGo(@ForAll("plans") FlowPlan plan, @ForAll @IntRange(min = 1, max = 7) int every,
            @ForAll boolean threads) {
        compare(plan, every, 0, threads);
    }

    @Property(tries = 100)
    void failingRunThatIsResumed_hasTheResultOfOneGo(@ForAll("plans") FlowPlan plan,
            @ForAll @IntRange(min = 1, max = 7) int every, @ForAll @IntRange(min = 1, max = 6) int failEach,
            @ForAll boolean threads) {
        compare(plan, every, failEach, threads);
    }

    /** Reads the envelope after every step, as a checkpoint does, and lets the run continue. */
    @Property(tries = 100)
    void runWithCheckpoints_hasTheResultOfOneGo(@ForAll("plans") FlowPlan plan) {
        Record whole = new Record(0);
        Outcome.Completed expected = TestRuns.of(flow(plan, "f", whole), Store.create()).start().orThrow();
        Record looked = new Record(0);
        AtomicInteger looks = new AtomicInteger();

        Outcome outcome = Run.of(flow(plan, "f", looked), Store.create()).everyStep(envelope -> {
            looks.incrementAndGet();
            return envelope;
        }).start();

        assertThat(outcome.orThrow().action()).isEqualTo(expected.action());
        assertThat(outcome.store().asMap()).isEqualTo(expected.store().asMap());
        assertThat(looked.sorted()).isEqualTo(whole.sorted());
        assertThat(looks.get()).isLessThanOrEqualTo(looked.done.size());
    }

    private static void compare(FlowPlan plan, int every, int failEach, boolean threads) {
        Record whole = new Record(0);
        Run run = TestRuns.of(flow(plan, "f", whole), Store.create());
        Outcome.Completed expected = run.start().orThrow();

        Record parts = new Record(failEach);
        Executor executor = threads ? Threads.shared() : Runnable::run;
        AtomicInteger asked = new AtomicInteger();
        HandedOverRun hops = new HandedOverRun(flow(plan, "f", parts))
                .handOverWhen(next -> asked.incrementAndGet() % every == 0)
                .with(each -> each.executor(executor));
        Outcome outcome = hops.start(Store.create());
        while (outcome instanceof Outcome.Failed failed) {
            assertThat(failed.failure()).hasRootCauseMessage("made up");
            outcome = hops.resume(failed);
        }

        assertThat(outcome.orThrow().action()).isEqualTo(expected.action());
        assertThat(outcome.store().asMap()).isEqualTo(expected.store().asMap());
        assertThat(parts.sorted()).isEqualTo(whole.sorted());
        assertThat(hops.run.steps()).isEqualTo(run.steps());
        assertThat(parts.changed).isEmpty();
        assertThat(parts.keys).isEqualTo(whole.keys);
        assertThat(whole.keys.values()).doesNotHaveDuplicates();
        sequencesAreOfOneRun(hops);
    }

    /** A visit that failed and was made again has its number twice, and finished once. */
    private static void sequencesAreOfOneRun(HandedOverRun hops) {
        List<Integer> all = new ArrayList<>(
                Stream.concat(hops.sent.stream().flatMap(envelope -> envelope.path().stream()), hops.run.path().stream())
                        .filter(step -> step.error().isEmpty()).distinct().map(RunEvent.StepFinished::sequence).toList());
        assertThat(all).doesNotHaveDuplicates().allMatch(sequence -> sequence >= 1 && sequence <= hops.run.steps());
    }
}
