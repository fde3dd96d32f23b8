package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.flow;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTest {

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final Store store = Store.create();

    /** Throws in one of its phases, and records the phases that it reached. */
    private static final class Phases implements Node<String, String> {
        private final String failing;
        private final RuntimeException failure = new IllegalStateException("secret");
        private final List<String> reached = new ArrayList<>();

        Phases(String failing) {
            this.failing = failing;
        }

        private <T> T reach(String phase, T value) {
            reached.add(phase);
            if (phase.equals(failing)) {
                throw failure;
            }
            return value;
        }

        @Override
        public String prep(Store shared) {
            shared.put("prep", "written");
            return reach("prep", "prepared");
        }

        @Override
        public String exec(String prepared) {
            return reach("exec", prepared + " executed");
        }

        @Override
        public String post(Store shared, String prepared, String result) {
            shared.put("post", prepared + ", " + result);
            return reach("post", "done");
        }
    }

    @Test
    void phases_runInOrder_eachGetsWhatTheOneBeforeReturned() {
        Phases node = new Phases(null);

        assertThat(TestRuns.run(flow(node), store)).isEqualTo(new Outcome.Completed("done", store));
        assertThat(node.reached).containsExactly("prep", "exec", "post");
        assertThat(store.get("post")).isEqualTo("prepared, prepared executed");
    }

    static List<Node<String, String>> withOnePhase() {
        return List.of(new Node<>() {
            @Override
            public String prep(Store shared) {
                return "prepared";
            }
        }, new Node<>() {
            @Override
            public String exec(String prepared) {
                return prepared;
            }
        }, new Node<>() {
            @Override
            public String post(Store shared, String prepared, String result) {
                return result;
            }
        });
    }

    @ParameterizedTest
    @MethodSource("withOnePhase")
    void phasesLeftOut_doNothing_andTheActionIsDefault(Node<String, String> node) {
        assertThat(TestRuns.run(flow(node), store)).isEqualTo(new Outcome.Completed("default", store));
        assertThat(store.asMap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "prep", "exec", "post" })
    void phaseThrows_failsTheRunAtOnce_withTheSameExceptionAsCause(String phase) {
        Phases node = new Phases(phase);

        FlowException failure = failure(TestRuns.run(flow(node), store));

        List<String> phases = List.of("prep", "exec", "post");
        assertThat(node.reached).isEqualTo(phases.subList(0, phases.indexOf(phase) + 1));
        assertThat(failure).isInstanceOf(FlowException.StepFailed.class).cause().isSameAs(node.failure);
        assertThat(failure).hasMessage("flow 'flow', node 'node': " + phase + " failed: java.lang.IllegalStateException");
        assertThat(((FlowException.StepFailed) failure).flow()).isEqualTo("flow");
        assertThat(((FlowException.StepFailed) failure).node()).isEqualTo("node");
    }

    @Test
    void execThrows_writesMadeBeforeStay_andLaterNodesDoNotRun() {
        Flow flow = Flow.named("flow").node("first", trace("first")).then("second").node("second", new Phases("exec"))
                .then("third").node("third", trace("third")).build();

        Outcome outcome = TestRuns.run(flow, store);

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.store()).isSameAs(store);
        assertThat(trace(store)).containsExactly("first");
        assertThat(store.asMap()).containsOnlyKeys("trace", "prep");
    }

    @Test
    void execThrowsChecked_isTheCause() {
        IOException checked = new IOException("down");

        assertThat(failure(TestRuns.run(flow(failing(checked)), store))).cause().isSameAs(checked);
    }

    @Test
    void execThrowsFlowException_itsSafeMessageIsShown() {
        FlowException own = new FlowException("no search engine is configured");

        assertThat(failure(TestRuns.run(flow(failing(own)), store)))
                .hasMessage("flow 'flow', node 'node': exec failed: no search engine is configured").cause().isSameAs(own);
    }

    @Test
    void execOverflowsTheStack_failsTheRun() {
        assertThat(failure(TestRuns.run(flow(executing(this::endless)), store))).hasCauseInstanceOf(StackOverflowError.class);
    }

    private Object endless() {
        return List.of(endless());
    }

    @Test
    void execFailsAnAssertion_failsTheRun() {
        AssertionError error = new AssertionError("not so");

        assertThat(failure(TestRuns.run(flow(failing(error)), store))).cause().isSameAs(error);
    }

    @Test
    void execRunsOutOfMemory_goesUpAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("made up");

        assertThatThrownBy(() -> TestRuns.run(flow(failing(error)), store)).isSameAs(error);
    }

    @Test
    void execIsInterrupted_failsTheRun_andKeepsTheThreadsFlag() {
        Thread.currentThread().interrupt();

        Outcome outcome = TestRuns.run(flow(executing(TestSteps::blocked)), store);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure(outcome)).isInstanceOf(FlowException.StepFailed.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void actionNullOrEmpty_isDefault(String action) {
        Flow flow = Flow.named("flow").node("node", acting(action)).then("next").node("next", trace("next", action)).build();

        assertThat(TestRuns.run(flow, store)).isEqualTo(new Outcome.Completed("default", store));
        assertThat(trace(store)).containsExactly("next");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "False", "false", "[]", " " })
    void actionThatOnlyLooksFalse_isNotTheDefault(String action) {
        Flow flow = Flow.named("flow").node("node", acting(action)).on(action, "own").then("other")
                .node("own", trace("own")).node("other", trace("other")).build();

        TestRuns.run(flow, store);

        assertThat(trace(store)).containsExactly("own");
    }

    @Test
    void nodeAlone_runsAsAFlowOfOne_withoutWarning() {
        assertThat(TestRuns.run(flow(trace("alone", "any")), store).orThrow().action()).isEqualTo("any");
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void nodeObject_isTheSameInEveryVisit() {
        List<Object> seen = new ArrayList<>();
        Node<Object, Object> node = new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                seen.add(this);
                return seen.size() < 3 ? "again" : "enough";
            }
        };

        TestRuns.run(Flow.named("flow").node("node", node).on("again", "node").ends("enough").build(), store);

        assertThat(seen).hasSize(3).allMatch(visited -> visited == node);
    }

    @Test
    void oneNodeUnderTwoNames_isRoutedByTheName() {
        Node<Object, Object> node = posting(shared -> {
            TestSteps.traced(shared, Visit.current().node());
            return null;
        });
        Flow flow = Flow.named("flow").node("a", node).then("b").node("b", node).build();

        TestRuns.run(flow, store);

        assertThat(trace(store)).containsExactly("a", "b");
    }
}
