package dev.pocketflow.testing.eval;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The most that an evaluation may use. When it is used up, no further run starts: the rest is recorded as not run. Immutable.
 * <p>
 * It is checked before each run. A run that has started is finished and scored. So what the runs under way use, at most as many
 * as
 * {@link Evaluation#parallel}, can exceed the budget.
 *
 * <pre>{@code
 * Budget.calls(200).andUsage("output-tokens", 50_000).andTime(Duration.ofMinutes(10))
 * }</pre>
 */
public final class Budget {

    /** No bound. */
    public static final Budget NONE = new Budget(Long.MAX_VALUE, Map.of(), Duration.ofSeconds(Long.MAX_VALUE), false);

    private final long calls;
    private final Map<String, Double> usage;
    private final Duration time;
    private final boolean partial;

    private Budget(long calls, Map<String, Double> usage, Duration time, boolean partial) {
        this.calls = calls;
        this.usage = usage;
        this.time = time;
        this.partial = partial;
    }

    /**
     * Bounds the calls that the evaluation makes: each run of a subject, each question to a judge, and each embedding. The
     * calls
     * of models inside a run are not seen. Bound them by {@link #andUsage}.
     *
     * @param most at least 1
     * @return a new budget
     * @throws IllegalArgumentException if it is less than 1
     */
    public static Budget calls(long most) {
        return NONE.andCalls(most);
    }

    /**
     * Bounds the time since the start of the evaluation.
     *
     * @param most more than zero
     * @return a new budget
     * @throws IllegalArgumentException if it is not more than zero
     */
    public static Budget time(Duration most) {
        return NONE.andTime(most);
    }

    /**
     * Bounds a unit of usage, as {@link #andUsage} does.
     *
     * @return a new budget
     * @throws IllegalArgumentException if the bound is not more than 0
     */
    public static Budget usage(String unit, double most) {
        return NONE.andUsage(unit, most);
    }

    /**
     * Also bounds the calls.
     *
     * @return a new budget
     * @throws IllegalArgumentException as {@link #calls} does
     */
    public Budget andCalls(long most) {
        if (most < 1) {
            throw new IllegalArgumentException("the budget of calls must be at least 1, was " + most);
        }
        return new Budget(most, usage, time, partial);
    }

    /**
     * Also bounds the time.
     *
     * @return a new budget
     * @throws IllegalArgumentException as {@link #time} does
     */
    public Budget andTime(Duration most) {
        if (most.isZero() || most.isNegative()) {
            throw new IllegalArgumentException("the budget of time must be more than zero, was " + most);
        }
        return new Budget(calls, usage, most, partial);
    }

    /**
     * Also bounds a unit of usage: the sum over all runs, as their outputs report it, and over the questions to a judge. A run
     * that reports none counts as nothing. Chat models of LangChain4j count {@code input-tokens} and {@code output-tokens}.
     * Nodes
     * count other units with {@code Visit.use}.
     *
     * @param unit the name
     * @param most more than 0
     * @return a new budget
     * @throws IllegalArgumentException if the bound is not more than 0
     */
    public Budget andUsage(String unit, double most) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("the budget of " + unit + " must be more than 0, was " + most);
        }
        Map<String, Double> bounds = new LinkedHashMap<>(usage);
        bounds.put(unit, most);
        return new Budget(calls, Collections.unmodifiableMap(bounds), time, partial);
    }

    /**
     * Lets {@link EvaluationResult#requireAtLeast} judge the runs that were made, if the budget did not suffice for all. By
     * default it then fails.
     *
     * @return a new budget
     */
    public Budget allowPartial() {
        return new Budget(calls, usage, time, true);
    }

    boolean isPartialAllowed() {
        return partial;
    }

    /** {@return the reason why no further run may start; empty if one may} */
    Optional<String> exhausted(Spent spent) {
        if (spent.calls() >= calls) {
            return Optional.of("the budget of " + calls + " calls is used up");
        } else if (spent.time().compareTo(time) >= 0) {
            return Optional.of("the budget of " + time + " is used up");
        }
        return usage.entrySet().stream().filter(bound -> spent.usage().getOrDefault(bound.getKey(), 0.0) >= bound.getValue())
                .map(bound -> "the budget of " + Numbers.plain(bound.getValue()) + " " + bound.getKey() + " is used up")
                .findFirst();
    }

    /**
     * The use of an evaluation so far.
     *
     * @param calls the calls of {@link Budget#calls}
     * @param usage the units of {@link Budget#andUsage}, in alphabetical order
     * @param time the time since the start
     */
    public record Spent(long calls, Map<String, Double> usage, Duration time) {
    }
}
