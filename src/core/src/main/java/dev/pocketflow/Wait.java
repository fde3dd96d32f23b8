package dev.pocketflow;

import java.time.Duration;
import java.util.Objects;

/**
 * A pause, in which no process has to live: the run is handed over, and goes on with the action {@code default} when the time
 * has come.
 *
 * @param duration how long, from the moment the run comes here; more than zero
 */
public record Wait(Duration duration) implements Step {

    /** @throws IllegalArgumentException if the duration is zero or negative */
    public Wait {
        positive(duration, "a wait");
    }

    /**
     * A pause.
     *
     * @param duration more than zero
     * @return the step
     */
    public static Wait of(Duration duration) {
        return new Wait(duration);
    }

    static Duration positive(Duration duration, String what) {
        if (Objects.requireNonNull(duration, what).isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must last longer than zero, was " + duration);
        }
        return duration;
    }
}
