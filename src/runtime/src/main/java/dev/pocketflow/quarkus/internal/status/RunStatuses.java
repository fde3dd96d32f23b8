package dev.pocketflow.quarkus.internal.status;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.config.StatusConfig;
import dev.pocketflow.quarkus.internal.envelope.RunIds;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;
import dev.pocketflow.quarkus.internal.response.RunResultReader;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;

/** Answers requests for the status of runs, from a server or from Lambda. Its stages complete on other threads. Thread-safe. */
public final class RunStatuses {

    /** The header with the token that cancels a run, and reads its status. */
    public static final String TOKEN = "PocketFlow-Cancel";

    private final RunStatusReader reader;
    private final OutcomeWatch outcomes;
    private final SignalTokens tokens;
    private final StatusConfig config;
    private final Executor threads;

    /** @param threads may block */
    public RunStatuses(RunStatusReader reader, OutcomeWatch outcomes, SignalTokens tokens, StatusConfig config,
            Executor threads) {
        this.reader = reader;
        this.outcomes = outcomes;
        this.tokens = tokens;
        this.config = config;
        this.threads = threads;
    }

    /**
     * A request for a status.
     *
     * @param run the run's ULID, as the caller sent it
     * @param token from the header {@link #TOKEN}; null without one
     * @param authenticated whether the application's own security has identified the caller
     * @param patience the time for which to wait for the run's end; zero for not at all
     */
    public record Query(String run, String token, boolean authenticated, Duration patience) {
    }

    public RunStatusReader reader() {
        return reader;
    }

    public OutcomeWatch outcomes() {
        return outcomes;
    }

    /** {@return the time for which a request with this header waits; empty if it does not say, or no status can be told} */
    public Optional<Duration> wait(String prefer) {
        return reader.canTell() ? Preference.wait(prefer).map(wait -> shorter(wait, config.maxWait())) : Optional.empty();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** {@return the status, or the reason why it is not told} The call may block. */
    public CompletionStage<HttpAnswer> answer(Query query) {
        if (!reader.canTell()) {
            return done(HttpAnswer.problem(404, "Not Found",
                    "there is no ledger here that knows runs. Set quarkus.pocketflow.ledger"));
        }
        Optional<HttpAnswer> refusal = refusal(query);
        if (refusal.isPresent()) {
            return done(refusal.get());
        }
        return query.patience().isZero() ? done(told(query.run()))
                : ended(query.run(), query.patience()).thenApplyAsync(over -> told(query.run()), threads);
    }

    /** Asks for the token first: nobody else learns whether there is such a run. */
    private Optional<HttpAnswer> refusal(Query query) {
        boolean open = config.readers() == StatusConfig.Readers.AUTHENTICATED && query.authenticated();
        if (!open && query.token() == null) {
            return Optional.of(forbidden("the status of a run is for whoever started it. Send the token, which is the member "
                    + "\"cancel\" of the answer to the start, in the header " + TOKEN));
        } else if (!open && !tokens.cancelled(query.token()).equals(query.run())) {
            return Optional.of(forbidden("the token in the header " + TOKEN + " is of another run"));
        }
        return RunIds.is(query.run()) ? Optional.empty() : Optional.of(unknown(query.run()));
    }

    private static HttpAnswer forbidden(String detail) {
        return HttpAnswer.problem(403, "Forbidden", detail);
    }

    private static HttpAnswer unknown(String run) {
        return HttpAnswer.problem(404, "Not Found", RunStatusReader.unknown(run));
    }

    private HttpAnswer told(String run) {
        return reader.status(run).map(json -> HttpAnswer.of(200, "application/json", json).with("Cache-Control", "no-store"))
                .orElseGet(() -> unknown(run));
    }

    /**
     * {@return the outcome of a run that left, if it ends in time; else the answer as it is}
     *
     * @param answer of the run's first hop
     */
    public CompletionStage<HopResponse> follow(HopResponse answer, Duration wait) {
        boolean left = answer.status() == 202 && !wait.isNegative() && !wait.isZero()
                && RunResultReader.status(answer.json()) instanceof RunResult.HandedOver over && over.envelope().isEmpty();
        if (!left) {
            return CompletableFuture.completedFuture(answer);
        }
        String run = answer.run();
        return ended(run, wait).thenApplyAsync(over -> reader.status(run).map(HopResponse::again)
                .filter(end -> end.status() != 202).orElse(answer), threads);
    }

    /** {@return a stage that completes at the run's end, or when the time is up, or when the ledger fails} */
    private CompletionStage<Void> ended(String run, Duration wait) {
        CompletableFuture<RunResult> outcome = outcomes.outcome(run);
        return outcome.<Void> handle((result, failure) -> null)
                .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((over, failure) -> outcome.cancel(false));
    }

    private static CompletionStage<HttpAnswer> done(HttpAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
