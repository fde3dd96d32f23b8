package dev.pocketflow;

import static dev.pocketflow.TestSteps.batch;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.engine.context.CurrentVisit;

class VisitTest {

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private Run run(Flow flow) {
        return TestRuns.of(flow, store).nanoTime(() -> 0).listener(events::add);
    }

    private static void assertNone() {
        assertThat(Visit.find()).isEmpty();
        assertThatIllegalStateException().isThrownBy(Visit::current)
                .withMessage("no step runs on this thread: take Visit.current() in exec and pass it on");
    }

    @Test
    void outsideARun_isRefused() {
        assertNone();
    }

    @Test
    void inEveryPhase_tellsWhereItIs() {
        List<Visit> seen = new ArrayList<>();
        Run run = run(flow(new Node<String, String>() {
            @Override
            public String prep(Store shared) {
                assertThat(Visit.find()).isPresent();
                seen.add(Visit.current());
                return null;
            }

            @Override
            public String exec(String prepared) {
                seen.add(Visit.current());
                return null;
            }

            @Override
            public String post(Store shared, String prepared, String result) {
                seen.add(Visit.current());
                return null;
            }
        }));
        run.start();

        Visit visit = seen.get(0);
        assertThat(seen).hasSize(3).allMatch(each -> each == visit);
        assertThat(List.of(visit.run(), visit.flow(), visit.node())).containsExactly(run.id(), "flow", "node");
        assertThat(List.of(visit.sequence(), visit.attempt())).containsExactly(1, 1);
        assertThat(visit.item()).isEmpty();
        assertThat(visit.remaining()).isEmpty();
        assertNone();
    }

    @Test
    void remaining_isTheInvocations() {
        Run run = run(flow(executing(() -> Visit.current().remaining().orElseThrow())))
                .remaining(() -> Duration.ofSeconds(9));

        run.start().orThrow();

        assertThat(store.get("result")).isEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 4 })
    void inABatch_tellsTheItem(int concurrency) {
        List<Integer> items = IntStream.range(0, 20).boxed().toList();

        run(flow(batch(concurrency, items, item -> Visit.current().item().getAsInt()))).start().orThrow();

        assertThat(store.get("results")).isEqualTo(items);
    }

    @Test
    void item_isEmpty_inThePostOfABatch() {
        run(flow(new BatchNode<Integer, Integer>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2);
            }

            @Override
            public String post(Store shared, List<Integer> items, List<Integer> results) {
                shared.put("item", Visit.current().item().isPresent());
                return null;
            }
        })).start().orThrow();

        assertThat(store.get("item")).isEqualTo(false);
    }

    @Test
    void runInsideExec_hasItsOwn_andGivesBackTheOuter() {
        List<String> nodes = new ArrayList<>();
        Flow inner = Flow.named("inner").node("deep", executing(() -> nodes.add(Visit.current().node()))).build();

        run(flow(executing(() -> {
            Visit before = Visit.current();
            TestRuns.run(inner, Store.create()).orThrow();
            return nodes.add(Visit.current() == before ? "restored" : "lost");
        }))).start().orThrow();

        assertThat(nodes).containsExactly("deep", "restored");
        assertNone();
    }

    @Test
    void current_isEmpty_inAFlowsOwnFunctions() {
        Flow each = Flow.named("each").node("n", executing(() -> null)).forEach(shared -> {
            assertNone();
            return List.of(Map.of());
        }).after((shared, action) -> {
            assertNone();
            return action;
        }).build();

        run(Flow.named("flow").node("a", executing(() -> null)).then("each").node("each", each).build()).start().orThrow();
    }

    /** A library that propagates contexts restores the previous visit. Between two steps there is none. */
    @Test
    void nextStep_hasItsOwnVisit_afterALibraryRestoresNone() {
        List<String> nodes = new ArrayList<>();
        Runnable library = () -> CurrentVisit.enter(CurrentVisit.enter(null));
        Node<Object, Object> node = executing(() -> nodes.add(Visit.current().node()));
        Flow each = Flow.named("each").node("b", node).forEach(shared -> {
            library.run();
            return List.of(Map.of());
        }).after((shared, action) -> {
            library.run();
            return action;
        }).build();

        run(Flow.named("flow").node("a", node).then("each").node("each", each).then("c").node("c", node).then("d")
                .node("d", node).build()).remaining(() -> {
                    library.run();
                    return Duration.ofSeconds(1);
                }).start().orThrow();

        assertThat(nodes).containsExactly("a", "b", "c", "d");
    }

    @Test
    void visitNotRestoredByAStep_endsWithTheStep() {
        List<String> nodes = new ArrayList<>();
        Flow flow = Flow.named("flow").node("a", executing(() -> {
            CurrentVisit.enter(null);
            return null;
        })).then("b")
                .node("b", executing(() -> nodes.add(Visit.current().node()))).build();

        run(flow).start().orThrow();

        assertThat(nodes).containsExactly("b");
        assertNone();
    }

    @Test
    void poolThreads_haveNoVisit_afterTheirPart() throws Exception {
        ExecutorService one = pools.threads(1);
        Flow parallel = Flow.named("each").node("n", batch(4, List.of(1, 2, 3), item -> item))
                .forEach(shared -> IntStream.range(0, 50).mapToObj(i -> Map.of("i", i)).toList()).concurrency(50).build();
        run(parallel).executor(one).start().orThrow();

        Future<?> check = one.submit(VisitTest::assertNone);

        check.get(2, TimeUnit.MINUTES);
        assertNone();
    }

    @Test
    void emit_reachesTheListener_fromAnotherThreadToo() {
        Run run = run(flow(executing(() -> {
            Visit visit = Visit.current();
            visit.emit("token");
            return CompletableFuture.runAsync(() -> visit.emit("later")).get(2, TimeUnit.MINUTES);
        })));

        run.start().orThrow();

        assertThat(events).contains(new RunEvent.Emitted(run.id(), "flow", "node", 1, OptionalInt.empty(), "token"),
                new RunEvent.Emitted(run.id(), "flow", "node", 1, OptionalInt.empty(), "later"));
    }

    @Test
    void emitWithoutListener_isNothing() {
        assertThat(TestRuns.run(flow(executing(() -> {
            Visit.current().emit("token");
            return null;
        })), store)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void visit_isWatched_ifThereIsAListener() {
        List<Boolean> watched = new ArrayList<>();
        Flow flow = flow(executing(() -> watched.add(Visit.current().isWatched())));

        TestRuns.of(flow, store).start().orThrow();
        run(flow).start().orThrow();
        run(flow).withoutEmitted().start().orThrow();

        assertThat(watched).containsExactly(false, true, false);
    }

    @Test
    void listenerIsToldOfAllButValues_withoutEmitted() {
        run(flow(executing(() -> {
            Visit.current().emit("token");
            return null;
        }))).withoutEmitted().start().orThrow();

        assertThat(events).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.StepStarted.class,
                RunEvent.StepFinished.class, RunEvent.Completed.class);
    }

    @Test
    void sequences_areUniqueAcrossParallelParts() {
        Flow each = Flow.named("each").node("n", executing(() -> null))
                .forEach(shared -> IntStream.range(0, 50).mapToObj(i -> Map.of("i", i)).toList()).concurrency(50).build();
        Run run = run(each);

        run.start().orThrow();

        assertThat(Set.copyOf(run.path().stream().map(RunEvent.StepFinished::sequence).toList()))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    }

    /** JSON has no such number, and the next hop could not read it. */
    @ParameterizedTest
    @ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
    void useOfANonFiniteAmount_isRefused_withTheAmount(double amount) {
        Flow counting = flow(executing(() -> {
            Visit.current().use("tokens", amount);
            return null;
        }));

        assertThat(TestSteps.failure(TestRuns.run(counting, store))).cause().isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the amount of 'tokens' must be a finite number, was " + amount);
    }

    @Test
    void key_isTheRunsAndTheVisits_andTheItems() {
        List<String> keys = new CopyOnWriteArrayList<>();
        Step noted = TestSteps.executing(() -> keys.add(Visit.current().key()));
        Flow side = Flow.named("side").node("noted", noted).build();
        Flow flow = Flow.named("flow").node("a", noted).then("b").node("b", TestSteps.batch(1, List.of(1, 2), item -> {
            keys.add(Visit.current().key());
            return item;
        })).then("c").node("c", Flow.branches("gather", side)).build();
        Run run = TestRuns.of(flow, Store.create());

        run.start().orThrow();

        assertThat(keys).containsExactly(run.id() + "/1", run.id() + "/2/0", run.id() + "/2/1", run.id() + "/3.side.1");
    }
}
