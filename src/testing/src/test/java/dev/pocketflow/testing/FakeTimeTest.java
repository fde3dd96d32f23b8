package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

class FakeTimeTest {

    private final FakeTime time = new FakeTime();
    private final Instant start = time.instant();
    private final List<String> ran = new ArrayList<>();

    @Test
    void standsStill_untilTurned() {
        assertThat(start).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(time.instant()).isEqualTo(start);

        time.advance(Duration.ofHours(1));

        assertThat(time.instant()).isEqualTo("2026-01-01T01:00:00Z");
    }

    @Test
    void tasksRunInOrderAndAtTheirOwnTime_alsoThoseSetOnTheWay() {
        time.schedule(Duration.ofMinutes(2), () -> ran.add("b " + time.instant()));
        time.schedule(Duration.ofMinutes(1), () -> {
            ran.add("a " + time.instant());
            time.schedule(Duration.ofMinutes(1), () -> ran.add("c " + time.instant()));
        });
        time.schedule(Duration.ofMinutes(5), () -> ran.add("never"));

        time.advance(Duration.ofMinutes(3));

        assertThat(ran).containsExactly("a 2026-01-01T00:01:00Z", "b 2026-01-01T00:02:00Z", "c 2026-01-01T00:02:00Z");
        assertThat(time.timers()).isOne();
        assertThat(time.instant()).isEqualTo("2026-01-01T00:03:00Z");
    }

    @Test
    void waitEnds_whenATimerIsSetElsewhereOrTheTimeIsOver() throws Exception {
        Thread other = new Thread(() -> time.schedule(Duration.ofSeconds(7), () -> ran.add("x")));
        other.start();

        assertThat(time.awaitTimer(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(7));
        time.advance(Duration.ofSeconds(7));
        assertThat(ran).containsExactly("x");
        assertThatThrownBy(() -> time.awaitTimer(Duration.ofMillis(5))).isInstanceOf(TimeoutException.class)
                .hasMessage("No timer was set within PT0.005S");
    }
}
