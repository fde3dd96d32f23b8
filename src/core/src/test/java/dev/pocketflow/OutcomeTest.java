package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.pocketflow.engine.position.Position;

class OutcomeTest {

    private final Store store = Store.create();
    private final Envelope envelope = new Envelope("01J", "flow", 1, 3, Map.of(), Position.START, store, List.of());

    @Test
    void completed_orThrow_isItself() {
        Outcome.Completed completed = new Outcome.Completed("done", store);

        assertThat(completed.orThrow()).isSameAs(completed);
    }

    @Test
    void failed_orThrow_throwsItsFailure() {
        FlowException failure = new FlowException("why");

        assertThatThrownBy(() -> new Outcome.Failed(envelope, failure).orThrow()).isSameAs(failure);
    }

    @Test
    void orThrow_namesTheOutcome_ofHandedOverAndSuspended() {
        assertThatThrownBy(() -> new Outcome.HandedOver(envelope).orThrow()).isInstanceOf(FlowException.class)
                .hasMessage("the run has not completed: HandedOver");
        assertThatThrownBy(() -> new Outcome.Suspended(envelope, "approval").orThrow()).isInstanceOf(FlowException.class)
                .hasMessage("the run has not completed: Suspended");
    }

    @Test
    void everyOutcome_carriesTheStore() {
        assertThat(List.of(new Outcome.Completed("done", store), new Outcome.HandedOver(envelope),
                new Outcome.Suspended(envelope, "approval"), new Outcome.Failed(envelope, new FlowException("why"))))
                .extracting(Outcome::store).allMatch(carried -> carried == store);
    }

    @Test
    void failedRun_isParkedWithAllThatIsKnownOfIt() {
        Flow flow = Flow.named("flow").node("a", TestSteps.trace("a")).then("b")
                .node("b", TestSteps.failing(new IllegalStateException())).build();
        Run run = TestRuns.of(flow, store);

        Envelope parked = ((Outcome.Failed) run.start()).envelope();

        assertThat(parked.run()).isEqualTo(run.id());
        assertThat(parked.flow()).isEqualTo("flow");
        assertThat(parked.steps()).isEqualTo(2);
        assertThat(parked.store()).isSameAs(store);
        assertThat(parked.position().frames()).extracting(Position.Frame::node).containsExactly("b");
        assertThat(parked.path()).extracting(RunEvent.StepFinished::action).containsExactly(Optional.of("default"),
                Optional.empty());
        assertThat(parked.path()).extracting(RunEvent.StepFinished::error).containsExactly(Optional.empty(),
                Optional.of("java.lang.IllegalStateException"));
    }
}
