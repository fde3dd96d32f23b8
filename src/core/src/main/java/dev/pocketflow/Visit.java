package dev.pocketflow;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What {@code exec} may know of where it runs. A visit may be kept and used from other threads, for example to
 * {@link #emit} from a callback; {@link #current()} itself works on the thread that called {@code exec} only.
 */
public final class Visit {

    private static final ThreadLocal<Supplier<Visit>> CURRENT = new ThreadLocal<>();

    private static final int KEPT_FAILURES = 20;

    private final Hop hop;
    private final String flow;
    private final String node;
    private final int sequence;
    private final String lane;
    private final int number;
    private final int item;
    private volatile int attempts;
    private List<FailedAttempt> failures; // null until one fails

    /** @param number what tells it from the other visits of its lane */
    Visit(Hop hop, String flow, String node, int sequence, String lane, int number, int item) {
        this.hop = hop;
        this.flow = flow;
        this.node = node;
        this.sequence = sequence;
        this.lane = lane;
        this.number = number;
        this.item = item;
    }

    /** The same visit, as one item of its batch sees it. */
    Visit of(int index) {
        return new Visit(hop, flow, node, sequence, lane, number, index);
    }

    /**
     * The visit whose phase the calling thread is in.
     *
     * @return the visit
     * @throws IllegalStateException outside a run
     */
    public static Visit current() {
        return find().orElseThrow(() -> new IllegalStateException(
                "no step runs on this thread: take Visit.current() in exec and pass it on"));
    }

    /** {@return the visit whose phase the calling thread is in; empty outside a run} */
    public static Optional<Visit> find() {
        return Optional.ofNullable(CURRENT.get()).map(Supplier::get);
    }

    /**
     * Makes a visit current on the calling thread; for libraries that take a context along between threads.
     *
     * @param visit the visit; {@code null} for none
     * @return what was current before, to be given back by the same method; {@code null} for none
     */
    public static Visit enter(Visit visit) {
        Supplier<Visit> before = swap(visit == null ? null : () -> visit);
        return before == null ? null : before.get();
    }

    /** As {@link #enter}, of visits that are made when somebody asks. */
    static Supplier<Visit> swap(Supplier<Visit> visits) {
        Supplier<Visit> before = CURRENT.get();
        CURRENT.set(visits);
        return before;
    }

    /** {@return the run's ULID} */
    public String run() {
        return hop.id();
    }

    /** {@return the name of the innermost flow} */
    public String flow() {
        return flow;
    }

    /** {@return the node's name in that flow} */
    public String node() {
        return node;
    }

    /** {@return the number of the visit in its run, from 1; one that failed and is made again keeps it} */
    public int sequence() {
        return sequence;
    }

    /** {@return the item's index in a batch, from 0; -1 outside a batch} */
    public int item() {
        return item;
    }

    /**
     * What a service that is called can tell repetitions by: {@code run/sequence}, and {@code run/sequence/item} in a batch. It
     * is the same for every attempt; for a visit that failed and is made again, by {@code retryLater} or by whoever resumes the
     * run; and for one that a process did not live to finish, where the steps before it take the same way again. A parallel
     * part counts its own visits: {@code run/7.left.2} is the second one in the branch {@code left} of the step 7 (a {@code %},
     * {@code .} or {@code /} in its name is percent-encoded).
     *
     * @return the idempotency key of this call of {@code exec}
     */
    public String key() {
        return run() + "/" + lane + number + (item < 0 ? "" : "/" + item);
    }

    /** {@return which call of {@code exec} this is, from 1} */
    public int attempt() {
        return Math.max(1, attempts);
    }

    /** {@return how long the invocation may still take; empty where nothing limits it} */
    public Optional<Duration> remaining() {
        return Optional.ofNullable(hop.run().remaining).map(Supplier::get);
    }

    /**
     * {@return whether anybody sees what is emitted: where nobody does, a model that answers in one piece takes less time than
     * one that streams}
     */
    public boolean isWatched() {
        return hop.listened() && hop.run().withEmitted;
    }

    /**
     * Shows whoever watches something before the step is done, such as a model's token.
     *
     * @param value is not kept; of what JSON can carry, or of a type that a key or a node names: a native executable knows how
     *        to write no other
     */
    public void emit(Object value) {
        if (isWatched()) {
            hop.tell(new StepEvent.Emitted(run(), flow, node, sequence, item, value));
        }
    }

    /**
     * Adds to what the run has used, which its envelope carries on, such as 812 {@code tokens}.
     *
     * @param unit what is counted
     * @param amount how much was used now
     * @throws IllegalArgumentException if the amount is infinite or no number, which no envelope can carry
     */
    public void use(String unit, double amount) {
        if (!Double.isFinite(amount)) {
            throw new IllegalArgumentException("the amount of '" + unit + "' must be a finite number, was " + amount);
        }
        Domain.unit(unit);
        hop.use(unit, amount);
    }

    /**
     * Counts a call of {@code exec}, and tells listeners if it fails; for libraries that repeat calls, such as a retry
     * interceptor, to put inside their loop.
     *
     * @param call the call of {@code exec}
     * @param <T> its result
     * @return what the call returned; of a stage, one that fails only after the listeners know of it
     * @throws Exception what the call threw
     */
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

    /** A future tells its dependents in no order: whoever repeats the call would be told before the listeners. */
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
        remember(new FailedAttempt(attempt, hop.run().now.instant().truncatedTo(ChronoUnit.MILLIS),
                failure.getClass().getName()));
        hop.tell(new StepEvent.AttemptFailed(run(), flow, node, sequence, item, attempt, failure));
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
    synchronized List<FailedAttempt> failures() {
        return failures == null ? List.of() : List.copyOf(failures);
    }

    /** For {@code exec}s that nothing around them counts. */
    void execFailed(Throwable failure) {
        if (attempts == 0) {
            failed(1, failure);
        }
    }
}
