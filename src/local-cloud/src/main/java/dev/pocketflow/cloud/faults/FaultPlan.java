package dev.pocketflow.cloud.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A plan of faults. Code that can fail asks the plan at each of its points, by the point's name. The same seed strikes at the
 * same points if the points are passed in the same order. Not thread-safe.
 */
public final class FaultPlan {

    /** A fault in a system that delivers at least once. */
    public enum Fault {
        /** A delivery happens twice. */
        DUPLICATE,
        /** A delivery is late, and others overtake it. */
        DELAY,
        /** A delivery or its answer is lost, and the delivery is repeated later. */
        DROP,
        /** The process ends at once, as by {@code kill -9}. */
        KILL,
        /** A storage or a service refuses a call. */
        THROTTLE,
        /** A storage or a service executes a call, and its answer is lost. */
        LOST_ANSWER,
        /** The process pauses while the clock and everything else continue. */
        PAUSE
    }

    private final Random random;
    private final double rate;
    private final String only; // a fault and the point at which it strikes once
    private final List<String> struck = new ArrayList<>();
    private int left;

    private FaultPlan(Random random, double rate, int most, String only) {
        this.random = random;
        this.rate = rate;
        this.left = most;
        this.only = only;
    }

    /** {@return a plan of no faults} */
    public static FaultPlan none() {
        return new FaultPlan(new Random(0), 0, 0, null);
    }

    /**
     * A plan of faults at any point.
     *
     * @param seed decides all of it
     * @param rate how likely a fault is at a point, from 0 to 1
     * @param most how many may strike
     * @return the plan
     */
    public static FaultPlan seeded(long seed, double rate, int most) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L); // seeds that follow each other begin alike otherwise
        return new FaultPlan(random, rate, 1 + random.nextInt(most), null);
    }

    /**
     * A plan of one fault.
     *
     * @param fault what strikes
     * @param point where
     * @param nth at which of the times that the point is passed, from 1
     * @return the plan
     */
    public static FaultPlan at(Fault fault, String point, int nth) {
        return new FaultPlan(new Random(0), 1, nth, fault + " " + point);
    }

    /**
     * Decides if a fault strikes at this point.
     *
     * @param fault the fault
     * @param point the name of the place that is passed
     * @return whether it does
     */
    public boolean strikes(Fault fault, String point) {
        String here = fault + " " + point;
        if (left == 0 || only != null && !only.equals(here) || only == null && random.nextDouble() >= rate) {
            return false;
        }
        left--;
        if (only != null && left > 0) {
            return false;
        }
        struck.add(here);
        return true;
    }

    /**
     * Chooses a time.
     *
     * @param most the longest
     * @return at least a millisecond
     */
    public Duration some(Duration most) {
        return Duration.ofMillis(1 + (long) (random.nextDouble() * (most.toMillis() - 1)));
    }

    /** {@return the faults that struck, each with its point, in their order} */
    public List<String> struck() {
        return List.copyOf(struck);
    }
}
