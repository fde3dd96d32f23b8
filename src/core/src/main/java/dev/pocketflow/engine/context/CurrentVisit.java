package dev.pocketflow.engine.context;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.pocketflow.FailedAttempt;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Visit;
import dev.pocketflow.internal.ThreadContext;

/** A visit, or one item of a batch's visit, as its node sees it. */
public final class CurrentVisit implements Visit {

    private static final int KEPT_FAILURES = 20;

    private final RunContext run;
    private final String flow;
    private final String node;
    private final int sequence;
    private final String lane;
    private final int number;
    private final int item;
    private volatile int attempts;
    private List<FailedAttempt> failures; // null until one fails

    /** @param number of the visit in its lane */
    public CurrentVisit(RunContext run, String flow, String node, int sequence, String lane, int number, int item) {
        this.run = run;
        this.flow = flow;
        this.node = node;
        this.sequence = sequence;
        this.lane = lane;
        this.number = number;
        this.item = item;
    }

    /** The same visit, as one item of its batch sees it. */
    public CurrentVisit of(int index) {
        return new CurrentVisit(run, flow, node, sequence, lane, number, index);
    }

    /**
     * Makes a visit current on the calling thread, for libraries that carry a context between threads.
     *
     * @param visit the visit; {@code null} for none
     * @return the visit that was current before, for a second call that restores it; {@code null} for none
     */
    public static Visit enter(Visit visit) {
        Supplier<Visit> before = swap(visit == null ? null : () -> visit);
        return before == null ? null : before.get();
    }

    /** Like {@link #enter}, for a visit that is made when it is asked for. */
    public static Supplier<Visit> swap(Supplier<Visit> visits) {
        return ThreadContext.swap(visits);
    }

    @Override
    public String run() {
        return run.id();
    }

    @Override
    public String flow() {
        return flow;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public int sequence() {
        return sequence;
    }

    @Override
    public OptionalInt item() {
        return item < 0 ? OptionalInt.empty() : OptionalInt.of(item);
    }

    /** {@return the index of the item; -1 outside a batch} */
    public int index() {
        return item;
    }

    @Override
    public String key() {
        return run() + "/" + lane + number + (item < 0 ? "" : "/" + item);
    }

    @Override
    public int attempt() {
        return Math.max(1, attempts);
    }

    @Override
    public Optional<Duration> remaining() {
        return Optional.ofNullable(run.options().remaining()).map(Supplier::get);
    }

    @Override
    public boolean isWatched() {
        return run.listened() && run.options().withEmitted();
    }

    @Override
    public void emit(Object value) {
        if (isWatched()) {
            run.tell(new RunEvent.Emitted(run(), flow, node, sequence, item(), value));
        }
    }

    @Override
    public void use(String unit, double amount) {
        if (!Double.isFinite(amount)) {
            throw new IllegalArgumentException("the amount of '" + unit + "' must be a finite number, was " + amount);
        }
        CarriedParts.unit(unit);
        run.use(unit, amount);
    }

    @Override
    @SuppressWarnings("unchecked") // a stage for a stage
    public <T> T attempt(Callable<T> call) throws Exception {
        int attempt = begin();
        try {
            T result = call.call();
            return result instanceof CompletionStage<?> stage ? (T) told(stage, attempt) : result;
        } catch (Throwable e) {
            failed(attempt, e);
            throw e;
        }
    }

    /** A future completes its dependents in no order. This one reports the attempt before a retry can begin. */
    private CompletionStage<Object> told(CompletionStage<?> stage, int attempt) {
        CompletableFuture<Object> told = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                told.complete(result);
            } else {
                failed(attempt,
                        failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
                told.completeExceptionally(failure);
            }
        });
        return told;
    }

    private synchronized int begin() {
        return ++attempts;
    }

    private void failed(int attempt, Throwable failure) {
        remember(new FailedAttempt(attempt, run.options().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                failure.getClass().getName()));
        run.tell(new RunEvent.AttemptFailed(run(), flow, node, sequence, item(), attempt, failure));
    }

    private synchronized void remember(FailedAttempt attempt) {
        if (failures == null) {
            failures = new ArrayList<>();
        } else if (failures.size() == KEPT_FAILURES) {
            failures.remove(0);
        }
        failures.add(attempt);
    }

    /** {@return the last attempts that failed, oldest first} */
    public synchronized List<FailedAttempt> failures() {
        return failures == null ? List.of() : List.copyOf(failures);
    }

    /** Reports the failure of an {@code exec} whose attempts no interceptor counts. */
    public void execFailed(Throwable failure) {
        if (attempts == 0) {
            failed(1, failure);
        }
    }
}
