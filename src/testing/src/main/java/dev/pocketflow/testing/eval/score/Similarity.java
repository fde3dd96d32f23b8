package dev.pocketflow.testing.eval.score;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Scores the cosine of the angle between the embeddings of two texts; a negative cosine is 0. Thread-safe. It keeps the vectors
 * of expected texts, which are the same for each subject.
 */
final class Similarity implements Scorer {

    private final Embedding embedding;
    private final Map<String, float[]> expectedVectors = new HashMap<>();

    Similarity(Embedding embedding) {
        this.embedding = embedding;
    }

    @Override
    public Score score(JsonNode expected, Answered answered) throws Exception {
        Form form = new Form(expected);
        Optional<String> text = form.scored(answered);
        if (text.isEmpty() || text.get().isBlank()) {
            return form.nothing();
        }
        float[] to = expected(form.text("to"), answered);
        double cosine = cosine(to, embed(text.get(), answered));
        return Score.of(Math.min(1, Math.max(0, cosine)), form.atLeast(),
                String.format(Locale.ROOT, "cosine %.3f, at least %s", cosine, form.atLeast()));
    }

    @Override
    public void check(JsonNode expected) {
        Form form = new Form(expected).only("to", "atLeast", "in");
        form.text("to");
        form.atLeast();
    }

    /** Embeds each expected text once, also if several threads ask for it. */
    private synchronized float[] expected(String text, Answered answered) throws Exception {
        float[] vector = expectedVectors.get(text);
        if (vector == null) {
            vector = embed(text, answered);
            expectedVectors.put(text, vector);
        }
        return vector;
    }

    private float[] embed(String text, Answered answered) throws Exception {
        answered.spending().add(1, Map.of());
        return embedding.embed(text);
    }

    static double cosine(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalStateException("the embeddings of two texts have " + a.length + " and " + b.length
                    + " dimensions. Use one model for both");
        }
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB);
        if (!(lengths > 0)) {
            throw new IllegalStateException(
                    "the embedding of a text has no direction: all its numbers are 0, or one is no number");
        }
        return product / lengths;
    }
}
