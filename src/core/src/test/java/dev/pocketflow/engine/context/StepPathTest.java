package dev.pocketflow.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.RunEvent;

class StepPathTest {

    private final StepPath path = new StepPath(0, List.of());

    private static RunEvent.StepFinished step(int sequence) {
        return new RunEvent.StepFinished("run", "flow", "node", sequence, "default", 0, 1, null);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 99, 100, 101, 199, 200, 1234 })
    void last_isAtMostAHundred_oldestFirst(int count) {
        IntStream.rangeClosed(1, count).forEach(i -> path.add(step(i)));

        assertThat(path.last()).extracting(RunEvent.StepFinished::sequence)
                .isEqualTo(IntStream.rangeClosed(Math.max(1, count - 99), count).boxed().toList());
    }

    @Test
    void last_readWhileStepsAreAdded_hasNoGapsAndNoneTwice() throws Exception {
        int steps = 200_000;
        Thread writer = new Thread(() -> IntStream.rangeClosed(1, steps).forEach(i -> path.add(step(i))));
        writer.start();

        int seen = 0;
        while (seen < steps) {
            List<RunEvent.StepFinished> last = path.last();
            seen = last.isEmpty() ? seen : last.get(last.size() - 1).sequence();
            int first = seen - last.size() + 1;
            assertThat(last).hasSizeLessThanOrEqualTo(RecentSteps.KEPT).extracting(RunEvent.StepFinished::sequence)
                    .isEqualTo(IntStream.rangeClosed(first, seen).boxed().toList());
        }
        writer.join();

        assertThat(path.last()).hasSize(RecentSteps.KEPT);
    }

    @Test
    void begin_numbersFromOne_andRefusesOverTheLimit() {
        assertThat(path.begin(2)).isEqualTo(1);
        assertThat(path.begin(2)).isEqualTo(2);
        assertThat(path.begin(2)).isZero();
        assertThat(path.steps()).isEqualTo(2);
    }
}
