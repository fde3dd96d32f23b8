package dev.pocketflow;

import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class RetryLaterTest {

    private static final Duration DELAY = Duration.ofMinutes(5);
    private final Store store = Store.create();
    private int calls;

    private Flow failing(int failures, int times) {
        return Flow.named("flow").node("crawl", TestSteps.executing(() -> {
            if (++calls <= failures) {
                throw new IllegalStateException("down");
            }
            return calls;
        })).retryLater(DELAY, times).then("end").node("end", trace("end")).build();
    }

    @Test
    void failedNode_isVisitedAgainAfterTheDelay() {
        WaitingRun waiting = new WaitingRun(failing(2, 3));

        Outcome.HandedOver first = (Outcome.HandedOver) waiting.start(store);
        assertThat(first.envelope().until()).isEqualTo(Instant.parse("2026-01-01T00:05:00Z"));
        assertThat(waiting.later(first).start()).isInstanceOf(Outcome.HandedOver.class);
        assertThat(calls).isEqualTo(1); // it was too early
        waiting.pass(DELAY);
        Outcome second = waiting.later(first).start();
        waiting.pass(DELAY);
        Run last = waiting.later(second);

        assertThat(last.start().orThrow().store().get("result")).isEqualTo(3);
        assertThat(last.path()).extracting(RunEvent.StepFinished::error).containsExactly(
                Optional.of("java.lang.IllegalStateException"), Optional.of("java.lang.IllegalStateException"),
                Optional.empty(),
                Optional.empty());
        assertThat(last.path()).extracting(RunEvent.StepFinished::sequence).containsExactly(1, 1, 1, 2);
    }

    @Test
    void lastRepetition_parksTheRun() {
        WaitingRun waiting = new WaitingRun(failing(9, 2));

        Outcome outcome = waiting.start(store);
        for (int i = 0; i < 2; i++) {
            assertThat(outcome).isInstanceOf(Outcome.HandedOver.class);
            waiting.pass(DELAY);
            outcome = waiting.later(outcome).start();
        }

        assertThat(calls).isEqualTo(3);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        calls = 9;
        assertThat(waiting.later(outcome).start()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void repetitions_restartAtOne_inALaterVisit() {
        Flow loop = Flow.named("flow").node("crawl", new Node<>() {
            @Override
            public Object exec(Object prepared) {
                if (++calls % 2 == 1) {
                    throw new IllegalStateException();
                }
                return null;
            }

            @Override
            public String post(Store shared, Object prepared, Object result) {
                return calls < 6 ? "again" : "done";
            }
        }).retryLater(DELAY, 1).on("again", "crawl").ends("done").build();
        WaitingRun waiting = new WaitingRun(loop);

        Outcome outcome = waiting.start(store);
        while (outcome instanceof Outcome.HandedOver) {
            waiting.pass(DELAY);
            outcome = waiting.later(outcome).start();
        }

        assertThat(outcome.orThrow().action()).isEqualTo("done");
        assertThat(calls).isEqualTo(6);
    }

    @Test
    void finishedItems_areNotDoneAgain() {
        Flow flow = Flow.named("flow").node("all", TestSteps.batch(1, List.of("a", "b", "c"), item -> {
            if (++calls == 2) {
                throw new IllegalStateException();
            }
            return item;
        })).retryLater(DELAY, 1).build();
        WaitingRun waiting = new WaitingRun(flow);
        Outcome outcome = waiting.start(store);
        waiting.pass(DELAY);

        assertThat(waiting.later(outcome).start()).isInstanceOf(Outcome.Completed.class);
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void partBesideOthers_isRepeatedByItself() {
        Flow bad = Flow.named("bad").node("crawl", failing(1, 1)).build();
        WaitingRun waiting = new WaitingRun(
                Flow.branches("gather", bad, Flow.named("fine").node("fine", trace("fine")).build()));

        Outcome outcome = waiting.start(store);
        assertThat(trace(outcome.store())).containsExactly("fine");
        waiting.pass(DELAY);

        assertThat(trace(waiting.later(outcome).start().orThrow().store())).containsExactly("fine", "end");
    }

    @Test
    void failuresOfPrepAndPost_areNotRepeated() {
        Flow flow = Flow.named("flow").node("a", TestSteps.posting(shared -> {
            throw new IllegalStateException();
        })).retryLater(DELAY, 3).build();

        assertThat(new WaitingRun(flow).start(store)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void stepWithoutExec_isRefused() {
        Flow.Builder nested = Flow.named("flow").node("inner", TestSteps.flow(trace("a")));

        assertThatThrownBy(() -> nested.retryLater(DELAY, 1)).isInstanceOf(FlowException.InvalidFlow.class)
                .hasMessage(
                        "flow 'flow': retryLater(PT5M, 1) follows 'inner', which has no exec. Put it behind a node that has one");
        assertThatThrownBy(() -> Flow.named("flow").retryLater(DELAY, 1)).hasMessageContaining("follows no node");
    }

    @Test
    void uselessNumbers_areRefused() {
        Flow.Builder flow = Flow.named("flow").node("a", trace("a"));

        assertThatThrownBy(() -> flow.retryLater(DELAY, 0)).hasMessage("the times of retryLater must be at least 1, was 0");
        assertThatThrownBy(() -> flow.retryLater(Duration.ofSeconds(-1), 1))
                .hasMessage("the delay of retryLater must last longer than zero, was PT-1S");
    }
}
