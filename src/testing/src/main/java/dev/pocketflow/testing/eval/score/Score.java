package dev.pocketflow.testing.eval.score;

/**
 * The result of one expectation. Immutable.
 *
 * @param value from 0 to 1, the best
 * @param passed true if the expectation holds
 * @param reason why, for the reports; it may quote the output
 */
public record Score(double value, boolean passed, String reason) {

    /**
     * Makes a score.
     *
     * @throws IllegalArgumentException if the value is not from 0 to 1
     */
    public Score {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a score must be from 0 to 1, was " + value);
        }
    }

    /** {@return a score of 1 that passed} */
    public static Score pass(String reason) {
        return new Score(1, true, reason);
    }

    /** {@return a score of 0 that failed} */
    public static Score fail(String reason) {
        return new Score(0, false, reason);
    }

    /**
     * {@return a score that passed if the value is at least the threshold}
     *
     * @throws IllegalArgumentException if the value is not from 0 to 1
     */
    public static Score of(double value, double atLeast, String reason) {
        return new Score(value, value >= atLeast, reason);
    }
}
