package dev.pocketflow;

import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

/** A {@link Wait} until an instant that the store holds. */
class WaitUntilTest {

    private static final Key<Instant> DUE = Key.of("due", Instant.class);
    private static final Instant TOMORROW = Instant.parse("2026-01-02T00:00:00Z");

    private final Store store = Store.create();
    private final Flow flow = Flow.named("flow").node("a", trace("a")).then("pause").node("pause", Wait.until(DUE)).then("b")
            .node("b", trace("b")).build();
    private final WaitingRun waiting = new WaitingRun(flow);

    @Test
    void runIsHandedOver_untilTheInstantHasCome() {
        Outcome.HandedOver paused = (Outcome.HandedOver) waiting.start(store.put(DUE, TOMORROW));

        assertThat(paused.envelope().until()).isEqualTo(TOMORROW);
        assertThat(paused.envelope().hop()).isEqualTo(1);
        waiting.pass(Duration.ofDays(1));
        Run run = waiting.later(paused);
        assertThat(trace(run.start().orThrow().store())).containsExactly("a", "b");
        assertThat(run.path().get(1))
                .matches(step -> step.node().equals("pause") && step.action().orElseThrow().equals("default")
                        && step.sequence() == 2 && step.attempts() == 0 && step.duration().equals(Duration.ofDays(1)));
    }

    @Test
    void instantThatAnInputNamesAsText_isRead() {
        assertThat(((Outcome.HandedOver) waiting.start(store.put("due", "2026-01-02T01:00:00+01:00"))).envelope().until())
                .isEqualTo(TOMORROW);
    }

    @Test
    void instantThatHasPassed_makesNoHandOver() {
        Run run = TestRuns.of(flow, store.put(DUE, waiting.instant().minus(Duration.ofDays(400)))).clock(waiting);

        assertThat(trace(run.start().orThrow().store())).containsExactly("a", "b");
        assertThat(run.path()).extracting(RunEvent.StepFinished::node).containsExactly("a", "pause", "b");
        assertThat(waiting.start(Store.create().put(DUE, waiting.instant()))).isInstanceOf(Outcome.Completed.class);
    }

    /** A timer has a resolution of a millisecond. The run must not continue within the last millisecond. */
    @Test
    void instantBetweenMilliseconds_isWaitedFor() {
        Instant due = TOMORROW.plusNanos(1);

        assertThat(((Outcome.HandedOver) waiting.start(store.put(DUE, due))).envelope().until())
                .isEqualTo(TOMORROW.plusMillis(1));
    }

    @Test
    void instantThatIsChangedDuringThePause_doesNotMoveIt() {
        Outcome.HandedOver paused = (Outcome.HandedOver) waiting.start(store.put(DUE, TOMORROW));
        paused.store().put(DUE, TOMORROW.plus(Duration.ofDays(9)));

        Outcome.HandedOver early = (Outcome.HandedOver) waiting.later(paused).start();
        assertThat(early.envelope().until()).isEqualTo(TOMORROW);
        waiting.pass(Duration.ofDays(1));

        assertThat(waiting.later(early).start()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void waitInALoop_readsTheInstantEachTime() {
        Flow loop = Flow.named("flow").node("pause", Wait.until(DUE)).then("next").node("next", TestSteps.posting(shared -> {
            Instant next = shared.update(DUE, due -> due.plus(Duration.ofDays(1)));
            return next.isAfter(TOMORROW.plus(Duration.ofDays(1))) ? "done" : "again";
        })).on("again", "pause").ends("done").build();
        WaitingRun clock = new WaitingRun(loop);

        Outcome outcome = clock.start(store.put(DUE, TOMORROW));
        List<Instant> ends = new ArrayList<>();
        while (outcome instanceof Outcome.HandedOver paused) {
            ends.add(paused.envelope().until());
            clock.pass(Duration.ofDays(1));
            outcome = clock.later(outcome).start();
        }

        assertThat(ends).containsExactly(TOMORROW, TOMORROW.plus(Duration.ofDays(1)));
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void waitsInBranches_haveEachTheirOwnInstant() {
        Key<Instant> later = Key.of("later", Instant.class);
        Flow one = Flow.named("one").node("pause", Wait.until(DUE)).build();
        Flow two = Flow.named("two").node("pause", Wait.until(later)).build();
        WaitingRun clock = new WaitingRun(Flow.branches("all", one, two));

        Outcome.HandedOver first = (Outcome.HandedOver) clock
                .start(store.put(DUE, TOMORROW).put(later, TOMORROW.plus(Duration.ofDays(1))));
        clock.pass(Duration.ofDays(1));
        Outcome.HandedOver second = (Outcome.HandedOver) clock.later(first).start();
        clock.pass(Duration.ofDays(1));

        assertThat(first.envelope().until()).isEqualTo(TOMORROW);
        assertThat(second.envelope().until()).isEqualTo(TOMORROW.plus(Duration.ofDays(1)));
        assertThat(clock.later(second).start()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void defaultOfTheKey_isWaitedFor() {
        WaitingRun clock = new WaitingRun(TestSteps.flow(Wait.until(DUE.defaultTo(TOMORROW))));

        assertThat(((Outcome.HandedOver) clock.start(store)).envelope().until()).isEqualTo(TOMORROW);
    }

    private FlowException.StepFailed failure(Outcome outcome) {
        return (FlowException.StepFailed) TestSteps.failure(outcome);
    }

    @Test
    void absentInstant_failsTheStep() {
        FlowException.StepFailed failure = failure(waiting.start(store));

        assertThat(failure).hasMessage("flow 'flow', node 'pause': the wait until store key 'due' failed: the store has no key "
                + "'due'; it has [trace]. Put it before this step, read it with find(...), or give its key a default with "
                + "defaultTo(...)").hasCauseInstanceOf(FlowException.MissingKey.class);
        assertThat(failure.flow()).isEqualTo("flow");
        assertThat(failure.node()).isEqualTo("pause");
    }

    @Test
    void nullInstant_failsTheStep() {
        assertThat(failure(waiting.start(store.put(DUE, null))))
                .hasMessage("flow 'flow', node 'pause': the wait until store key "
                        + "'due' failed: the value is null. Put an Instant there before this step");
    }

    @Test
    void valueThatIsNotAnInstant_failsTheStep_withoutShowingIt() {
        assertThat(failure(waiting.start(store.put("due", "tomorrow")))).hasMessage("flow 'flow', node 'pause': the wait until "
                + "store key 'due' failed: store key 'due' holds a java.lang.String, which cannot be read as java.time.Instant. "
                + "It came with the input or an envelope: change what is sent, or the key's type");
    }

    @Test
    void instantBeyondTheYear9999_failsTheStep() {
        assertThat(failure(waiting.start(store.put(DUE, Instant.MAX)))).hasMessage("flow 'flow', node 'pause': the wait until "
                + "store key 'due' failed: the instant is after 9999-12-31T23:59:59Z. Put an earlier one there before this step");
    }

    @Test
    void inputWithoutAnInstant_isBadInput_ifTheWaitIsTheFirstStep() {
        Map<String, Object> none = new HashMap<>();
        none.put("due", null);

        for (Store input : List.of(Store.create(), Store.of(Map.of("due", "soon")), Store.of(none))) {
            assertThat(failure(TestRuns.run(TestSteps.flow(Wait.until(DUE)), input)).isBadInput()).isTrue();
        }
    }

    @Test
    void failedWait_keepsItsNumber_whenTheInstantIsThere() {
        Outcome.Failed failed = (Outcome.Failed) waiting.start(store);
        failed.store().put(DUE, TOMORROW);

        Outcome.HandedOver paused = (Outcome.HandedOver) waiting.later(failed).start();
        waiting.pass(Duration.ofDays(1));
        Run run = waiting.later(paused);

        assertThat(trace(run.start().orThrow().store())).containsExactly("a", "b");
        assertThat(run.path())
                .extracting(RunEvent.StepFinished::node, RunEvent.StepFinished::sequence, RunEvent.StepFinished::error)
                .containsExactly(tuple("a", 1, Optional.empty()),
                        tuple("pause", 2, Optional.of(FlowException.MissingKey.class.getName())),
                        tuple("pause", 2, Optional.empty()),
                        tuple("b", 3, Optional.empty()));
        assertThat(run.steps()).isEqualTo(3);
    }

    @Test
    void fingerprint_knowsTheKey_andNotTheDuration() {
        assertThat(List.of(TestSteps.flow(Wait.until(DUE)), TestSteps.flow(Wait.until(Key.of("other", Instant.class))),
                TestSteps.flow(Wait.of(Duration.ofDays(1)))).stream().map(Flow::fingerprint)).doesNotHaveDuplicates();
        assertThat(TestSteps.flow(Wait.until(DUE)).fingerprint())
                .isEqualTo(TestSteps.flow(Wait.until(DUE.defaultTo(TOMORROW))).fingerprint());
        assertThat(TestSteps.flow(Wait.of(Duration.ofDays(1))).fingerprint())
                .isEqualTo(TestSteps.flow(new Wait(Duration.ofDays(2))).fingerprint());
    }

    @Test
    void components_areADurationOrAKey() {
        assertThat(Wait.until(DUE)).isEqualTo(new Wait(null, DUE));
        assertThat(Wait.until(DUE).duration()).isNull();
        assertThat(Wait.of(Duration.ofDays(1)).until()).isNull();
    }

    @Test
    void durationAndKey_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Wait(Duration.ofDays(1), DUE)).withMessage(
                "a wait has a duration or a key, was PT24H and key 'due'. Use two waits, one behind the other");
    }

    @Test
    void neitherDurationNorKey_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new Wait(null, null)).withMessage("a wait");
        assertThatNullPointerException().isThrownBy(() -> Wait.until(null)).withMessage("key");
    }

    /** An envelope encrypts the value of a secret key, but not the end of a pause. */
    @Test
    void secretKey_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Wait.until(DUE.secret()))
                .withMessage("the key of a wait must not "
                        + "be secret, was 'due': the envelope of a run that waits shows the instant. Use a key that is not secret");
    }
}
