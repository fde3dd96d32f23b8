package dev.pocketflow.quarkus.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.quarkus.config.HandOverConfig;

/** Time passes only when a node lets it. */
class HopBudgetTest {

    private Duration now = Duration.ZERO;

    private record Config(OptionalInt steps, Optional<Duration> time, Duration margin,
            int hops) implements HandOverConfig.Budget {
        @Override
        public Map<String, Double> usage() {
            return Map.of();
        }
    }

    private static Config steps(int steps) {
        return new Config(OptionalInt.of(steps), Optional.empty(), Duration.ofSeconds(1), 1000);
    }

    private static final Config TIME = new Config(OptionalInt.empty(), Optional.empty(), Duration.ofSeconds(1), 1000);

    private Node<Object, Object> taking(int seconds) {
        return new Slow(seconds);
    }

    private class Slow implements Node<Object, Object> {
        private final int seconds;

        Slow(int seconds) {
            this.seconds = seconds;
        }

        @Override
        public Object exec(Object prepared) {
            now = now.plusSeconds(seconds);
            return null;
        }
    }

    private class Items implements BatchNode<Integer, Integer> {
        @Override
        public List<Integer> prep(Store shared) {
            return List.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
        }

        @Override
        public Integer exec(Integer item) {
            now = now.plusSeconds(10);
            return item;
        }
    }

    private static Flow chain(Node<?, ?> a, Node<?, ?> b, Node<?, ?> c) {
        return Flow.named("flow").node("a", a).then("b").node("b", b).then("c").node("c", c).build();
    }

    /** {@return the outcome of an invocation with a time limit of so many seconds} */
    private Outcome run(Flow flow, Config config, StepDurations times, int seconds) {
        Duration end = now.plusSeconds(seconds);
        Supplier<Duration> left = () -> end.minus(now);
        Run run = Run.of(flow, Store.create());
        return run.handOverWhen(new HopBudget(config, times, run, left, () -> now.toNanos())).start();
    }

    private static String stands(Outcome outcome) {
        Envelope envelope = ((Outcome.HandedOver) outcome).envelope();
        return envelope.position().frames().get(0).node();
    }

    @Test
    void runIsHandedOver_afterItsSteps() {
        assertThat(stands(run(chain(taking(0), taking(0), taking(0)), steps(2), new StepDurations(Map.of()), 1000)))
                .isEqualTo("c");
        assertThat(run(chain(taking(0), taking(0), taking(0)), steps(3), new StepDurations(Map.of()), 1000))
                .isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void runIsHandedOver_whenLessThanTheMarginIsLeft() {
        assertThat(stands(run(chain(taking(5), taking(5), taking(5)), TIME, new StepDurations(Map.of()), 10))).isEqualTo("c");
        now = Duration.ZERO;
        assertThat(run(chain(taking(3), taking(3), taking(3)), TIME, new StepDurations(Map.of()), 10))
                .isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void longestMeasuredTimeOfAStep_mustFit() {
        StepDurations times = new StepDurations(Map.of());
        times.seen(new RunEvent.StepFinished("run", "flow", "b", 1, "default", Duration.ofSeconds(8).toNanos(), 1, null));
        times.seen(new RunEvent.StepFinished("run", "flow", "b", 2, "default", Duration.ofSeconds(2).toNanos(), 1, null));

        assertThat(stands(run(chain(taking(1), taking(0), taking(0)), TIME, times, 9))).isEqualTo("b");
        now = Duration.ZERO;
        assertThat(run(chain(taking(1), taking(0), taking(0)), TIME, times, 10)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void timeoutOfANode_mustFit_whateverWasMeasured() {
        StepDurations times = new StepDurations(Map.of(Slow.class.getName() + "/exec", 6000L));

        assertThat(stands(run(chain(taking(4), taking(0), taking(0)), TIME, times, 10))).isEqualTo("b");
        now = Duration.ZERO;
        assertThat(run(chain(taking(3), taking(0), taking(0)), TIME, times, 10)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void batchIsHandedOverBetweenItems_asSoonAsTheNextMayNotFit() {
        Flow flow = Flow.named("flow").node("items", new Items()).build();

        Outcome outcome = run(flow, TIME, new StepDurations(Map.of()), 45);

        Position.Batch batch = ((Outcome.HandedOver) outcome).envelope().position().frames().get(0).batch();
        assertThat(batch.results()).containsOnlyKeys(0, 1, 2, 3); // with 5 s left, the 10 s of an item are known
        assertThat(now).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void firstStepOfAHop_isMade_withAnyRemainingTime() {
        assertThat(stands(run(chain(taking(1), taking(1), taking(1)), TIME, new StepDurations(Map.of()), 0))).isEqualTo("b");
    }
}
