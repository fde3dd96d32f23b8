package dev.pocketflow.testing.eval.score;

import java.util.Map;

/**
 * The scorers of this module. A case names them under {@code expect}:
 *
 * <pre>{@code
 * equals: {answer: 15 minutes}             # the whole output; numbers are compared by value
 * contains: [15 minutes, /lambda/i]        # a text or a list: all must occur; between slashes a regular expression (i, s)
 * contains: {text: 15 minutes, in: $.answer}
 * path: {$.answer: 15 minutes, $.sections.length(): 3}   # the values at JSON paths
 * similar: {to: Fifteen minutes at most., atLeast: 0.8}  # the cosine of two embeddings
 * judge: {criteria: Is polite and names a limit., atLeast: 0.7}   # the score of a model
 * }</pre>
 *
 * {@code contains}, {@code similar} and {@code judge} look at all texts of the output, or at those {@code in} a JSON path. The
 * score of {@code contains} and {@code path} is the part that holds. They pass if everything holds. A path with a wildcard or a
 * filter has a list.
 */
public final class Scorers {

    /** The name of {@link #similar}. */
    public static final String SIMILAR = "similar";
    /** The name of {@link #judge}. */
    public static final String JUDGE = "judge";

    private Scorers() {
    }

    /** {@return the scorers that need no model, by name: {@code equals}, {@code contains} and {@code path}} */
    public static Map<String, Scorer> withoutModel() {
        return Map.of("equals", Structure::whole, "contains", new Contains(), "path", new Structure.Paths());
    }

    /** {@return a scorer that compares the meaning of two texts} Each embedding counts as a call of a model. */
    public static Scorer similar(Embedding embedding) {
        return new Similarity(embedding);
    }

    /**
     * {@return a scorer that asks a model} Each question counts as a call of a model. The model reads the criteria as
     * instructions, and the input and the output as quoted data.
     */
    public static Scorer judge(JudgeModel model) {
        return new Judging(model);
    }
}
