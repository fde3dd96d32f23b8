package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    private final Path path = new Path();

    private static StepEvent.Finished step(int sequence) {
        return new StepEvent.Finished("run", "flow", "node", sequence, "default", 0, 1, null);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 99, 100, 101, 199, 200, 1234 })
    void last_isAtMostAHundred_oldestFirst(int count) {
        IntStream.rangeClosed(1, count).forEach(i -> path.add(step(i)));

        assertThat(path.last()).extracting(StepEvent.Finished::sequence)
                .isEqualTo(IntStream.rangeClosed(Math.max(1, count - 99), count).boxed().toList());
    }

    @Test
    void begin_numbersFromOne_andRefusesOverTheLimit() {
        assertThat(path.begin(2)).isEqualTo(1);
        assertThat(path.begin(2)).isEqualTo(2);
        assertThat(path.begin(2)).isZero();
        assertThat(path.steps()).isEqualTo(2);
    }
}
