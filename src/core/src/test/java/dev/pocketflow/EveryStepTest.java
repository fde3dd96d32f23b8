package dev.pocketflow;

import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that goes through its envelope after every step, in one process. */
class EveryStepTest {

    private final Store store = Store.create();
    private final List<Envelope> taken = new ArrayList<>();
    private final Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).then("c")
            .node("c", trace("c")).build();

    private Envelope taken(Envelope envelope) {
        taken.add(envelope);
        return EnvelopeRoundTrip.of(envelope);
    }

    @Test
    void everyEnvelope_hasTheSameHop_andThePositionOfTheNextNode() {
        Run.of(flow, store).everyStep(this::taken).start().orThrow();

        assertThat(taken).extracting(Envelope::hop).containsExactly(0, 0);
        assertThat(taken).extracting(Envelope::steps).containsExactly(1, 2);
        assertThat(taken).extracting(HandedOverRun::places).containsExactly(List.of("flow/b"), List.of("flow/c"));
    }

    @Test
    void storeOfAReturnedEnvelope_replacesTheRunsStore() {
        List<Store> read = new ArrayList<>();

        Outcome outcome = Run.of(flow, store).everyStep(envelope -> {
            Envelope other = EnvelopeRoundTrip.of(envelope);
            other.store().put("seen", envelope.steps());
            read.add(other.store());
            return other;
        }).start();

        assertThat(outcome.store()).isSameAs(read.get(1));
        assertThat(outcome.store().get("seen")).isEqualTo(2);
        assertThat(trace(outcome.store())).containsExactly("a", "b", "c");
        assertThat(trace(store)).containsExactly("a");
    }

    /** Checkpoints must not keep a run from being handed over when its time comes. */
    @Test
    void handOver_stillStopsTheRun() {
        Run run = Run.of(flow, store).everyStep(this::taken).handOverWhen(next -> next.name().equals("c"));

        Envelope envelope = ((Outcome.HandedOver) run.start()).envelope();

        assertThat(HandedOverRun.places(envelope)).containsExactly("flow/c");
        assertThat(Run.resume(flow, EnvelopeRoundTrip.of(envelope)).start().orThrow().store().get("trace"))
                .isEqualTo(List.of("a", "b", "c"));
    }

    @Test
    void handOver_inABatch_stillStopsTheRun() {
        Flow batch = TestSteps.flow(TestSteps.batch(1, List.of(1, 2, 3), item -> item * 2));

        Outcome outcome = Run.of(batch, store).everyStep(this::taken).handOverWhen(next -> taken.size() == 2).start();

        assertThat(((Outcome.HandedOver) outcome).envelope().position().frames().get(0).batch().results()).hasSize(2);
    }

    @Test
    void failureOfAnEnvelope_reachesTheCaller_andTheStepsStay() {
        IllegalStateException failure = new IllegalStateException("no disk");

        assertThatThrownBy(() -> Run.of(flow, store).everyStep(envelope -> {
            throw failure;
        }).start()).isSameAs(failure);
        assertThat(trace(store)).containsExactly("a");
    }

    /** Work between two steps, such as writing a checkpoint, is not in the time of a step. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void timeOfASnapshot_isNotInTheTimeOfAStep(boolean same) {
        long[] now = { 0 };
        Flow timed = Flow.named("flow").node("a", TestSteps.executing(() -> now[0] += 1_000_000)).then("b")
                .node("b", TestSteps.batch(1, List.of(1, 2, 3), item -> now[0] += 5_000_000)).then("c")
                .node("c", TestSteps.executing(() -> now[0] += 2_000_000)).build();
        Run run = Run.of(timed, store).nanoTime(() -> now[0]).everyStep(envelope -> {
            now[0] += 1_000_000_000;
            return same ? envelope : EnvelopeRoundTrip.of(envelope);
        });

        run.start().orThrow();

        assertThat(run.path()).extracting(RunEvent.StepFinished::duration).containsExactly(Duration.ofMillis(1),
                Duration.ofMillis(15), Duration.ofMillis(2));
    }

    @Test
    void envelopeThatIsTheSame_leavesTheRunAsItIs() {
        Object live = new Object();
        Flow keeping = Flow.named("flow").node("a", TestSteps.posting(shared -> {
            shared.put("live", live);
            return null;
        })).then("b").node("b", trace("b")).build();

        assertThat(Run.of(keeping, store).everyStep(envelope -> envelope).start().orThrow().store().get("live")).isSameAs(live);
    }
}
