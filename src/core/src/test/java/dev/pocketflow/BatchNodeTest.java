package dev.pocketflow;

import static dev.pocketflow.TestSteps.batch;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNodeTest {

    private final Store store = Store.create();

    @Test
    void items_runOneAfterTheOther_andPostGetsItemsAndResultsInOrder() {
        List<String> items = List.of("a", "b", "c");
        List<String> calls = new ArrayList<>();

        Outcome outcome = TestRuns.run(flow(batch(1, items, item -> {
            assertThat(Thread.currentThread()).isSameAs(testThread);
            calls.add(item);
            return item.toUpperCase();
        })), store);

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(calls).containsExactly("a", "b", "c");
        assertThat(store.get("items")).isEqualTo(items);
        assertThat(store.get("results")).isEqualTo(List.of("A", "B", "C"));
    }

    @Test
    @DisabledIfSystemProperty(named = EnvelopeRoundTrip.PROPERTY, matches = ".+", disabledReason = "items come back from JSON: equal, not the same")
    void itemsOfPost_areTheListOfPrep() {
        List<String> items = List.of("a", "b");

        TestRuns.run(flow(batch(1, items, item -> item)), store);

        assertThat(store.get("items")).isSameAs(items);
    }

    private final Thread testThread = Thread.currentThread();

    @Test
    void prepReturnsNull_countsAsEmpty_andPostStillRuns() {
        TestRuns.run(flow(batch(1, null, item -> item)), store);

        assertThat(store.get("items")).isEqualTo(List.of());
        assertThat(store.get("results")).isEqualTo(List.of());
    }

    @Test
    void prepReturnsNoItems_postStillRuns() {
        TestRuns.run(flow(batch(8, List.of(), item -> item)), store);

        assertThat(store.get("results")).isEqualTo(List.of());
    }

    @Test
    void phasesLeftOut_doNothing_andTheActionIsDefault() {
        assertThat(TestRuns.run(flow(new BatchNode<String, String>() {
            @Override
            public List<String> prep(Store shared) {
                return List.of("item");
            }
        }), store).orThrow().action()).isEqualTo("default");
        assertThat(store.asMap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 4 })
    void itemsAndResultsOfNull_areKept(int concurrency) {
        TestRuns.run(flow(batch(concurrency, Arrays.asList("a", null, "c"), item -> item)), store);

        assertThat(store.get("results")).isEqualTo(Arrays.asList("a", null, "c"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 4 })
    void results_cannotBeChanged(int concurrency) {
        TestRuns.run(flow(batch(concurrency, List.of("a", "b"), item -> item)), store);

        @SuppressWarnings("unchecked")
        List<Object> results = (List<Object>) store.get("results");
        assertThatThrownBy(() -> results.set(0, "x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 16, Integer.MAX_VALUE })
    @DisabledIfSystemProperty(named = EnvelopeRoundTrip.PROPERTY, matches = ".+", disabledReason = "ten thousand envelopes of ten thousand items")
    void tenThousandItems_eachHasItsResultInItsPlace(int concurrency) {
        List<Integer> items = IntStream.range(0, 10_000).boxed().toList();

        TestRuns.run(flow(batch(concurrency, items, item -> -item)), store).orThrow();

        assertThat(store.get("results")).isEqualTo(items.stream().map(item -> -item).toList());
    }

    @Test
    void itemFails_laterItemsAndPostDoNotRun_andTheMessageTellsTheItem() {
        List<String> calls = new ArrayList<>();
        IllegalArgumentException wrong = new IllegalArgumentException("secret");

        FlowException failure = failure(TestRuns.run(flow(batch(1, List.of("a", "b", "c"), item -> {
            calls.add(item);
            if (item.equals("b")) {
                throw wrong;
            }
            return item;
        })), store));

        assertThat(calls).containsExactly("a", "b");
        assertThat(store.asMap()).isEmpty();
        assertThat(failure).cause().isSameAs(wrong);
        assertThat(failure)
                .hasMessage("flow 'flow', node 'node': exec of item 1 failed: java.lang.IllegalArgumentException");
    }

    @Test
    void attempts_countPerItem_fromOne() {
        List<String> seen = new ArrayList<>();
        Run run = TestRuns.of(flow(batch(1, List.of("a", "b"), item -> retry(item, seen))), store);

        run.start().orThrow();

        assertThat(seen).containsExactly("a1", "a2", "b1", "b2");
        assertThat(run.path()).singleElement().extracting(RunEvent.StepFinished::attempts).isEqualTo(4);
    }

    private static String retry(String item, List<String> seen) throws Exception {
        for (int i = 0; i < 2; i++) {
            Visit.current().attempt(() -> seen.add(item + Visit.current().attempt()));
        }
        return item;
    }

    @Test
    void emptyBatch_hasNoAttempts() {
        Run run = TestRuns.of(flow(batch(1, List.of(), item -> item)), store);

        run.start().orThrow();

        assertThat(run.path()).singleElement().extracting(RunEvent.StepFinished::attempts).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1 })
    void concurrencyBelowOne_failsWithTheBoundAndTheValue(int concurrency) {
        assertThat(failure(TestRuns.run(flow(batch(concurrency, List.of("a", "b"), item -> item)), store)))
                .hasMessage("flow 'flow', node 'node': exec failed: concurrency() must be at least 1, was " + concurrency);
    }

    @Test
    void itemOverflowsTheStack_failsTheRun() {
        StackOverflowError error = new StackOverflowError();

        assertThat(failure(TestRuns.run(flow(batch(1, List.of("a"), item -> {
            throw error;
        })), store))).cause().isSameAs(error);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 4 })
    void itemRunsOutOfMemory_goesUpAsItIs(int concurrency) {
        OutOfMemoryError error = new OutOfMemoryError("made up");

        assertThatThrownBy(() -> TestRuns.run(flow(batch(concurrency, List.of("a", "b"), item -> {
            throw error;
        })), store)).isSameAs(error);
    }

    @Test
    void prepThrows_isNamedPrep() {
        BatchNode<Object, Object> node = new BatchNode<>() {
            @Override
            public List<Object> prep(Store shared) {
                throw new IllegalStateException();
            }
        };

        assertThat(failure(TestRuns.run(flow(node), store)))
                .hasMessage("flow 'flow', node 'node': prep failed: java.lang.IllegalStateException");
    }

    /** A run inside a phase fails with its own StepFailed. The batch must not take it for its own failure. */
    @Test
    void postRunsAnotherFlowThatFails_theFailureIsOfThisNode() {
        Flow inner = Flow.named("inner").node("deep", failing(new IllegalStateException())).build();
        BatchNode<Object, Object> node = new BatchNode<>() {
            @Override
            public String post(Store shared, List<Object> items, List<Object> results) {
                return TestRuns.run(inner, Store.create()).orThrow().action();
            }
        };

        FlowException.StepFailed failure = (FlowException.StepFailed) failure(TestRuns.run(flow(node), store));

        assertThat(failure.node()).isEqualTo("node");
        assertThat(failure).hasMessage("flow 'flow', node 'node': post failed: "
                + "flow 'inner', node 'deep': exec failed: java.lang.IllegalStateException");
    }

    @Test
    void itemIsInterrupted_keepsTheThreadsFlag() {
        Thread.currentThread().interrupt();

        Outcome outcome = TestRuns.run(flow(batch(1, List.of("a"), item -> TestSteps.blocked())), store);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure(outcome)).hasCauseInstanceOf(InterruptedException.class);
    }
}
