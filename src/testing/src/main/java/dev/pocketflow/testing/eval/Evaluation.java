package dev.pocketflow.testing.eval;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.Embedding;
import dev.pocketflow.testing.eval.score.JudgeModel;
import dev.pocketflow.testing.eval.score.Scorer;
import dev.pocketflow.testing.eval.score.Scorers;
import dev.pocketflow.testing.http.DaemonThreads;

/**
 * Runs every case with every subject and scores the outputs. With several subjects, such as two prompts or two models, the
 * result compares them. It is a builder for one thread. {@link #run()} may be called again.
 *
 * <pre>{@code
 * EvaluationResult result = Evaluation.of(Cases.fromFile(Path.of("cases.yaml")))
 *         .subject("prompt v1", HttpSubject.at("http://localhost:8080"))
 *         .subject("prompt v2", HttpSubject.at("http://localhost:8081"))
 *         .budget(Budget.calls(200))
 *         .run();
 * result.writeHtml(Path.of("target", "evaluation.html")).requireAtLeast(0.9);
 * }</pre>
 */
public final class Evaluation {

    private static final int DEFAULT_PARALLEL = 4;

    private final Cases cases;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Map<String, Scorer> scorers = new TreeMap<>(Scorers.withoutModel());
    private int parallel = DEFAULT_PARALLEL;
    private Budget budget = Budget.NONE;
    private double tolerance;
    private InstantSource clock = InstantSource.system();

    private Evaluation(Cases cases) {
        this.cases = cases;
    }

    /** Begins an evaluation with these cases. */
    public static Evaluation of(Cases cases) {
        return new Evaluation(cases);
    }

    /**
     * Adds a subject. The first one is the base that the others are compared with.
     *
     * @param name the name in reports, unique
     * @throws IllegalArgumentException if the name is blank or used
     */
    public Evaluation subject(String name, Subject subject) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a subject must not be blank");
        } else if (subjects.putIfAbsent(name, subject) != null) {
            throw new IllegalArgumentException("two subjects have the name '" + name + "'. Rename one of them");
        }
        return this;
    }

    /**
     * Adds a scorer. {@code equals}, {@code contains} and {@code path} are always there: see {@link Scorers}.
     *
     * @param name the name that cases use under {@code expect}
     * @throws IllegalArgumentException if the name is used
     */
    public Evaluation scorer(String name, Scorer scorer) {
        if (scorers.putIfAbsent(name, scorer) != null) {
            throw new IllegalArgumentException("there is a scorer with the name '" + name + "'. Choose another name");
        }
        return this;
    }

    /**
     * Adds the scorer {@code similar}.
     *
     * @throws IllegalArgumentException if it was added before
     */
    public Evaluation similarBy(Embedding embedding) {
        return scorer(Scorers.SIMILAR, Scorers.similar(embedding));
    }

    /**
     * Adds the scorer {@code judge}.
     *
     * @throws IllegalArgumentException if it was added before
     */
    public Evaluation judgedBy(JudgeModel model) {
        return scorer(Scorers.JUDGE, Scorers.judge(model));
    }

    /**
     * Sets the number of runs at once. The default is 4.
     *
     * @param runs at least 1
     * @throws IllegalArgumentException if it is less than 1
     */
    public Evaluation parallel(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, was " + runs);
        }
        parallel = runs;
        return this;
    }

    /** Sets the budget. The default is {@link Budget#NONE}. */
    public Evaluation budget(Budget most) {
        budget = most;
        return this;
    }

    /**
     * Sets the difference of two scores that still counts as equal in a comparison. The default is 0. The scores of a judge
     * vary
     * from call to call: with a judge, choose more.
     *
     * @param difference from 0 to 1
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public Evaluation tolerance(double difference) {
        if (!(difference >= 0 && difference <= 1)) {
            throw new IllegalArgumentException("the tolerance must be from 0 to 1, was " + difference);
        }
        tolerance = difference;
        return this;
    }

    /** Sets the clock of durations and of the budget's time. The default is the system's. */
    public Evaluation clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * Runs the cases in their order. For each case it runs every subject. A subject that throws an exception or an
     * {@code AssertionError} is an outcome of its case. Any other error ends the evaluation.
     *
     * @return the result
     * @throws IllegalStateException if there is no subject, or the thread is interrupted
     * @throws IllegalArgumentException if a case has an expectation that no scorer checks, or of a wrong form; then nothing has
     *         run
     */
    public EvaluationResult run() {
        if (subjects.isEmpty()) {
            throw new IllegalStateException("the evaluation of " + cases.name() + " has no subject. Add one with subject(…)");
        }
        cases.all().forEach(this::check);
        Meter meter = new Meter(budget, clock);
        Map<String, Scorer> byName = Map.copyOf(scorers);
        List<CaseRun> runs = new ArrayList<>();
        for (Case each : cases.all()) {
            subjects.forEach((name, subject) -> runs.add(new CaseRun(each, name, subject, byName, meter, clock)));
        }
        List<CaseResult> results = results(runs);
        return new EvaluationResult(cases.name(), List.copyOf(subjects.keySet()), results, meter.spent(), budget, tolerance);
    }

    private List<CaseResult> results(List<CaseRun> runs) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, runs.size()),
                DaemonThreads.named("evaluation"));
        try {
            List<CaseResult> results = new ArrayList<>();
            for (Future<CaseResult> run : threads.invokeAll(runs)) {
                results.add(run.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the evaluation of " + cases.name() + " was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the evaluation of " + cases.name() + " ended with an error", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void check(Case about) {
        for (Map.Entry<String, JsonNode> expected : about.expected().entrySet()) {
            Scorer scorer = scorers.get(expected.getKey());
            if (scorer == null) {
                throw new IllegalArgumentException(about.label() + " expects '" + expected.getKey()
                        + "', which no scorer checks. Known are " + String.join(", ", scorers.keySet())
                        + ". Add 'similar' with similarBy(…), 'judge' with judgedBy(…), your own with scorer(…)");
            }
            try {
                scorer.check(expected.getValue());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(about.label() + ": '" + expected.getKey() + "' " + e.getMessage(), e);
            }
        }
    }
}
