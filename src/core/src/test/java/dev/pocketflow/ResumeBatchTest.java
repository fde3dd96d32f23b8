package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.engine.position.Position;

/** A batch node over hops: prep once, each item once, post once with all results in order. */
class ResumeBatchTest {

    record Page(int number, String text) {
    }

    /** Each failing item fails only once. */
    private static final class Pages implements BatchNode<Integer, Page> {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final List<Integer> sequences = new CopyOnWriteArrayList<>();
        final Set<Integer> fragile = ConcurrentHashMap.newKeySet();
        final int width;
        final int size;
        boolean postFails;

        Pages(int size, int width) {
            this.size = size;
            this.width = width;
        }

        @Override
        public List<Integer> prep(Store shared) {
            calls.add("prep");
            return IntStream.range(0, size).mapToObj(i -> i * 10).toList();
        }

        @Override
        public Page exec(Integer item) {
            Visit visit = Visit.current();
            assertThat(visit.item()).hasValue(item / 10);
            sequences.add(visit.sequence());
            if (fragile.remove(item)) {
                throw new IllegalStateException("made up");
            }
            calls.add("exec " + item);
            visit.use("pages", 1);
            return item == 20 ? null : new Page(item, "p" + item);
        }

        @Override
        public String post(Store shared, List<Integer> items, List<Page> results) {
            if (postFails) {
                postFails = false;
                throw new IllegalStateException("made up");
            }
            calls.add("post");
            assertThat(items).isEqualTo(IntStream.range(0, size).mapToObj(i -> i * 10).toList());
            shared.put(Key.listOf("pages", Page.class), results);
            return "done";
        }

        @Override
        public int concurrency() {
            return width;
        }

        void wereCalledOnceEach() {
            List<String> expected = new ArrayList<>(IntStream.range(0, size).mapToObj(i -> "exec " + i * 10).toList());
            expected.add("prep");
            expected.add("post");
            assertThat(calls).containsExactlyInAnyOrderElementsOf(expected).startsWith("prep").endsWith("post");
        }
    }

    private final Store store = Store.create();

    private static Flow flow(Step step) {
        return Flow.named("flow").node("before", TestSteps.acting(null)).then("batch").node("batch", step).build();
    }

    private static void hasAllPages(Outcome outcome, int size) {
        assertThat(outcome.orThrow().action()).isEqualTo("done");
        assertThat(outcome.store().get(Key.listOf("pages", Page.class))).isEqualTo(Collections.unmodifiableList(
                IntStream.range(0, size).mapToObj(i -> i == 2 ? null : new Page(i * 10, "p" + i * 10)).toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, Integer.MAX_VALUE })
    void batch_handedOverBetweenItems_doesEachOnce_andKeepsItsResults(int width) {
        Pages pages = new Pages(7, width);
        HandedOverRun hops = new HandedOverRun(flow(pages));

        Outcome outcome = hops.start(store);

        hasAllPages(outcome, 7);
        pages.wereCalledOnceEach();
        assertThat(hops.run.usage()).isEqualTo(Map.of("pages", 7.0));
    }

    /** A provider's idempotency key consists of run, visit and item. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void sequenceOfTheVisit_stays_andItIsOneStep(int width) {
        Pages pages = new Pages(6, width);
        List<RunEvent> events = new CopyOnWriteArrayList<>();
        HandedOverRun hops = new HandedOverRun(flow(pages)).with(run -> run.listener(events::add));

        hops.start(store).orThrow();

        assertThat(hops.sent).hasSizeGreaterThan(2);
        assertThat(pages.sequences).containsOnly(2);
        assertThat(hops.run.steps()).isEqualTo(2);
        assertThat(events).filteredOn(RunEvent.StepStarted.class::isInstance).hasSize(2);
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::sequence).containsExactly(1, 2);
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::attempts).containsExactly(1, 6);
    }

    @Test
    void timeOfTheVisit_isTheSumOfAllHops() {
        long[] now = { 0 };
        Flow flow = TestSteps.flow(TestSteps.batch(1, List.of(1, 2, 3), item -> now[0] += 5_000_000));
        HandedOverRun hops = new HandedOverRun(flow).with(run -> run.nanoTime(() -> now[0]));

        hops.start(store).orThrow();

        assertThat(hops.sent).hasSize(3);
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::duration).containsExactly(Duration.ofMillis(15));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, Integer.MAX_VALUE })
    void failedItem_isRunAgain_andTheFinishedOnesAreNot(int width) {
        Pages pages = new Pages(6, width);
        pages.fragile.addAll(Set.of(20, 40));
        HandedOverRun hops = new HandedOverRun(flow(pages)).handOverWhen(next -> false);

        Outcome outcome = hops.start(store);
        while (outcome instanceof Outcome.Failed failed) {
            assertThat(failed.envelope().position().frames()).extracting(Position.Frame::node).containsExactly("batch");
            outcome = hops.resume(failed);
        }

        hasAllPages(outcome, 6);
        pages.wereCalledOnceEach();
    }

    @Test
    void failedBatch_isTheSameVisit_begunAgain() {
        Pages pages = new Pages(3, 1);
        pages.fragile.add(10);
        HandedOverRun hops = new HandedOverRun(flow(pages));

        Outcome parked = hops.start(store);
        hops.resume(parked).orThrow();

        Position.Batch batch = ((Outcome.Failed) parked).envelope().position().frames().get(0).batch();
        assertThat(batch.sequence()).isZero();
        assertThat(((Outcome.Failed) parked).envelope().position().frames().get(0).step()).isEqualTo(2);
        assertThat(batch.results()).containsOnlyKeys(0);
        assertThat(pages.sequences).containsExactly(2, 2, 2, 2);
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::error).containsExactly(Optional.empty(),
                Optional.of("java.lang.IllegalStateException"), Optional.empty());
    }

    @Test
    void failedPost_isCalledAgain_withoutTheItems() {
        Pages pages = new Pages(3, 1);
        pages.postFails = true;
        HandedOverRun hops = new HandedOverRun(flow(pages));

        Outcome outcome = hops.resume(hops.start(store));

        hasAllPages(outcome, 3);
        pages.wereCalledOnceEach();
    }

    @Test
    void batchInALoop_restarts_whenItIsVisitedAgain() {
        Pages pages = new Pages(2, 1);
        Flow loop = Flow.named("loop").node("batch", pages).on("done", "more").node("more", TestSteps.posting(shared -> {
            int round = (Integer) shared.update("round", old -> old == null ? 1 : (Integer) old + 1);
            return round < 2 ? "again" : "done";
        })).on("again", "batch").ends("done").build();

        new HandedOverRun(loop).start(store).orThrow();

        assertThat(pages.calls).containsExactly("prep", "exec 0", "exec 10", "post", "prep", "exec 0", "exec 10", "post");
        assertThat(pages.sequences).containsExactly(1, 1, 3, 3);
    }

    @Test
    void batchesInParallelParts_continueWhereEachStopped() {
        Pages one = new Pages(4, 1);
        Pages two = new Pages(5, 2);
        Flow gather = Flow.branches("gather", Flow.named("one").node("b", one).build(),
                Flow.named("two").node("b", two).build());

        new HandedOverRun(gather).start(store).orThrow();

        one.wereCalledOnceEach();
        two.wereCalledOnceEach();
        assertThat(one.sequences).hasSize(4).containsOnly(one.sequences.get(0));
        assertThat(two.sequences).hasSize(5).containsOnly(two.sequences.get(0)).doesNotContain(one.sequences.get(0));
    }

    @Test
    void batchInAnIteration_seesItsParams() {
        BatchNode<String, String> node = new BatchNode<>() {
            @Override
            public List<String> prep(Store shared) {
                return List.of("x" + shared.params().get("i"), "y" + shared.params().get("i"));
            }

            @Override
            public String exec(String item) {
                return item + "!";
            }

            @Override
            public String post(Store shared, List<String> items, List<String> results) {
                TestSteps.traced(shared, shared.params().get("i") + ":" + String.join(",", results));
                return null;
            }
        };
        Flow flow = Flow.named("flow").node("b", node).forEach(shared -> List.of(Map.of("i", 0), Map.of("i", 1))).build();

        assertThat(TestSteps.trace(new HandedOverRun(flow).start(store).orThrow().store())).containsExactly("0:x0!,y0!",
                "1:x1!,y1!");
    }

    /** The items are the ones that prep returned. The node's list stays in the store, and a parallel branch adds to it. */
    @Test
    void listThatGrowsDuringTheBatch_addsNoItems() {
        List<String> live = Collections.synchronizedList(new ArrayList<>(List.of("a", "b", "c")));
        List<String> seen = new ArrayList<>();
        Flow flow = TestSteps.flow(TestSteps.batch(1, live, (String item) -> {
            live.add("late");
            seen.add(item);
            return item;
        }));

        new HandedOverRun(flow).start(store).orThrow();

        assertThat(seen).containsExactly("a", "b", "c");
    }

    @Test
    @DisabledIfSystemProperty(named = EnvelopeRoundTrip.PROPERTY, matches = ".+", disabledReason = "in that mode there is an envelope per item, each of all of them")
    void hugeBatch_travelsInOnePiece() {
        List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
        int[] done = { 0 };
        HandedOverRun hops = new HandedOverRun(TestSteps.flow(TestSteps.batch(1, items, (Integer item) -> {
            done[0]++;
            return item;
        }))).handOverWhen(next -> done[0] == 50_000);

        Outcome outcome = hops.start(store);

        assertThat(hops.sent).hasSize(1);
        assertThat(hops.sent.get(0).position().frames().get(0).batch().results()).hasSize(50_000);
        assertThat(done[0]).isEqualTo(100_000);
        assertThat(outcome.orThrow().store().get("results")).isEqualTo(items);
    }
}
