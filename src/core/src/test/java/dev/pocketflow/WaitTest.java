package dev.pocketflow;

import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class WaitTest {

    private final Store store = Store.create();
    private final Flow flow = Flow.named("flow").node("a", trace("a")).then("pause").node("pause", Wait.of(Duration.ofHours(2)))
            .then("b").node("b", trace("b")).build();
    private final WaitingRun waiting = new WaitingRun(flow);

    @Test
    void runIsHandedOver_untilTheTimeHasCome() {
        Outcome.HandedOver paused = (Outcome.HandedOver) waiting.start(store);

        assertThat(paused.envelope().until()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
        assertThat(trace(paused.store())).containsExactly("a");

        waiting.pass(Duration.ofHours(2));
        Run run = waiting.later(paused);
        assertThat(trace(run.start().orThrow().store())).containsExactly("a", "b");
        assertThat(run.path()).extracting(RunEvent.StepFinished::node).containsExactly("a", "pause", "b");
        assertThat(run.path().get(1)).matches(step -> step.action().equals(Optional.of("default")) && step.attempts() == 0
                && step.duration().equals(Duration.ofHours(2)) && step.sequence() == 2);
    }

    @Test
    void runThatIsResumedEarly_stillWaits() {
        Outcome paused = waiting.start(store);
        waiting.pass(Duration.ofHours(2).minusMillis(1));

        Outcome.HandedOver early = (Outcome.HandedOver) waiting.later(paused).start();

        assertThat(early.envelope().until()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
        waiting.pass(Duration.ofMillis(1));
        assertThat(trace(waiting.later(early).start().orThrow().store())).containsExactly("a", "b");
    }

    @Test
    void waitInALoop_waitsEachTime() {
        Flow loop = Flow.named("flow").node("pause", Wait.of(Duration.ofSeconds(1))).then("a")
                .node("a", TestSteps.posting(shared -> {
                    TestSteps.traced(shared, "a");
                    return trace(shared).size() < 3 ? "again" : "done";
                })).on("again", "pause").ends("done").build();
        WaitingRun clock = new WaitingRun(loop);

        Outcome outcome = clock.start(store);
        int pauses = 0;
        while (outcome instanceof Outcome.HandedOver) {
            pauses++;
            clock.pass(Duration.ofSeconds(1));
            outcome = clock.later(outcome).start();
        }

        assertThat(pauses).isEqualTo(3);
        assertThat(trace(outcome.orThrow().store())).hasSize(3);
    }

    @Test
    void waitInABranch_lastsWhileOthersContinue_andTheFirstToEndCounts() {
        Flow slow = Flow.named("slow").node("pause", Wait.of(Duration.ofHours(3))).then("s").node("s", trace("slow")).build();
        Flow quick = Flow.named("quick").node("pause", Wait.of(Duration.ofHours(1))).then("q").node("q", trace("quick"))
                .build();
        Flow none = Flow.named("none").node("n", trace("none")).build();
        WaitingRun clock = new WaitingRun(Flow.named("all").node("all", Flow.branches("gather", slow, quick, none)).then("end")
                .node("end", trace("end")).build());

        Outcome.HandedOver first = (Outcome.HandedOver) clock.start(store);
        assertThat(first.envelope().until()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
        clock.pass(Duration.ofHours(1));
        Outcome.HandedOver second = (Outcome.HandedOver) clock.later(first).start();
        assertThat(second.envelope().until()).isEqualTo(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(trace(second.store())).containsExactly("none", "quick");
        clock.pass(Duration.ofHours(2));

        assertThat(trace(clock.later(second).start().orThrow().store())).containsExactly("none", "quick", "slow", "end");
    }

    @Test
    void waitInParallelIterations_isEachOnesOwn() {
        Flow each = Flow.named("each").node("pause", Wait.of(Duration.ofHours(1))).then("x")
                .node("x", TestSteps.posting(shared -> {
                    TestSteps.traced(shared, shared.params().get("i"));
                    return null;
                })).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2))).concurrency(2).build();
        WaitingRun clock = new WaitingRun(each);
        Outcome paused = clock.start(store);
        clock.pass(Duration.ofHours(1));

        assertThat(trace(clock.later(paused).start().orThrow().store())).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void listener_receivesTheWait_whenItBeginsAndEnds() {
        List<String> heard = new ArrayList<>();
        Outcome paused = TestRuns.of(flow, store).clock(waiting).listener(event -> heard.add(named(event))).start();
        waiting.pass(Duration.ofHours(2));
        waiting.later(paused).listener(event -> heard.add(named(event))).start();

        assertThat(heard).containsExactly("RunStarted", "StepStarted a", "StepFinished a", "StepStarted pause", "HandedOver",
                "RunResumed", "StepFinished pause", "StepStarted b", "StepFinished b", "Completed");
    }

    private static String named(RunEvent event) {
        String kind = event.getClass().getSimpleName();
        return event instanceof RunEvent.StepEvent step ? kind + " " + step.node() : kind;
    }

    @Test
    void waitOfNothing_isRefused() {
        assertThatThrownBy(() -> Wait.of(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a wait must last longer than zero, was PT0S");
    }

    @Test
    void waitThatBecameANode_isDrift() {
        Outcome.HandedOver paused = (Outcome.HandedOver) waiting.start(store);
        Flow changed = Flow.named("flow").node("a", trace("a")).then("pause").node("pause", trace("p")).build();

        assertThatThrownBy(() -> TestRuns.resume(changed, paused.envelope())).isInstanceOf(FlowException.Drifted.class)
                .hasMessageContaining("node 'pause' of flow 'flow'");
    }
}
