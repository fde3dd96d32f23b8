package dev.pocketflow.testing.eval.score;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Scores an output by one kind of expectation. Must be thread-safe: cases are scored in parallel.
 */
@FunctionalInterface
public interface Scorer {

    /**
     * Scores an output.
     *
     * @param expected the value that the case has under this scorer's name
     * @param answered the input and the output
     * @return the score
     * @throws Exception if no score can be given, for example because a model does not answer; the case then fails with this
     *         error, and is not compared
     */
    Score score(JsonNode expected, Answered answered) throws Exception;

    /**
     * Checks the form of an expectation. It is called for every case before the first run, so that a mistake costs nothing. The
     * default accepts everything.
     *
     * @param expected the value that the case has under this scorer's name
     * @throws IllegalArgumentException if it has another form; the message says which one is right, and the caller adds the
     *         place
     */
    default void check(JsonNode expected) {
    }
}
