package dev.pocketflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A pause. No process is needed during the pause: the run is handed over, and continues with the action {@code default} when
 * the time has come. A wait has either a duration or a key.
 *
 * @param duration the time from the arrival of the run; more than zero; {@code null} with a key
 * @param until the key of the instant at which the run continues; not secret; {@code null} with a duration
 */
public record Wait(@Nullable Duration duration, @Nullable Key<Instant> until) implements Step {

    /** @throws IllegalArgumentException if the duration is zero or negative, the key is secret, or there are both */
    public Wait {
        if (until == null) {
            positive(duration, "a wait");
        } else if (duration != null) {
            throw new IllegalArgumentException("a wait has a duration or a key, was " + duration + " and key '" + until.name()
                    + "'. Use two waits, one behind the other");
        } else if (until.isSecret()) {
            throw new IllegalArgumentException("the key of a wait must not be secret, was '" + until.name()
                    + "': the envelope of a run that waits shows the instant. Use a key that is not secret");
        }
    }

    /**
     * A pause of a duration.
     *
     * @param duration more than zero
     */
    public Wait(Duration duration) {
        this(duration, null);
    }

    /**
     * A pause of a duration.
     *
     * @param duration more than zero
     * @return the step
     */
    public static Wait of(Duration duration) {
        return new Wait(duration);
    }

    /**
     * A pause until an instant that the store holds. The run reads it once, when it reaches the node. A later change of the
     * store does not move the end of the pause. With an instant in the past, there is no pause and no hand-over. The step fails
     * if the store has no instant under the key, or one after the year 9999.
     *
     * @param key the key of the instant; not secret
     * @return the step
     */
    public static Wait until(Key<Instant> key) {
        return new Wait(null, Objects.requireNonNull(key, "key"));
    }

    static Duration positive(@Nullable Duration duration, String what) {
        if (Objects.requireNonNull(duration, what).isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must last longer than zero, was " + duration);
        }
        return duration;
    }
}
