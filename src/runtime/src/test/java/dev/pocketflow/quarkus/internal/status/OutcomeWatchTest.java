package dev.pocketflow.quarkus.internal.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;

class OutcomeWatchTest {

    private static final RunStatus RUNNING = new RunStatus.Running("r", 0, Instant.EPOCH);
    private static final RunResult DONE = new RunResult.Completed("r", "default", Store.create(), Map.of());
    private static final RunResult FAILED = new RunResult.Failed("r", "f", Optional.empty(), "T", "m", Store.create(),
            Optional.empty());

    private final Deque<Object> statuses = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private int asked;

    private CompletableFuture<RunResult> outcome(Duration most, Object... all) {
        statuses.addAll(List.of(all));
        return new OutcomeWatch(run -> {
            asked++;
            if (statuses.peek() instanceof RuntimeException e) {
                throw e;
            }
            return statuses.peek() instanceof RunStatus status ? Optional.of(statuses.size() > 1 ? (RunStatus) statuses.remove()
                    : status) : Optional.empty();
        }, most, Runnable::run, (delay, task) -> {
            delays.add(delay);
            later.add(task);
        }).outcome("r");
    }

    private void pass(int times) {
        for (int i = 0; i < times; i++) {
            later.remove().run();
        }
    }

    @Test
    void outcomeOfARunThatHasEnded_isThereAtOnce() {
        assertThat(outcome(Duration.ofSeconds(1), DONE)).isCompletedWithValue(DONE);
        statuses.clear();
        assertThat(outcome(Duration.ofSeconds(1), FAILED)).isCompletedWithValue(FAILED);
        assertThat(delays).isEmpty();
    }

    @Test
    void ledgerIsAsked_atFirstOften_laterMoreRarely() {
        RunStatus suspended = new RunResult.Suspended("r", "f", "s", Optional.empty(), Optional.empty(), Optional.empty());
        CompletableFuture<RunResult> outcome = outcome(Duration.ofSeconds(1), RUNNING, RUNNING, suspended, suspended, RUNNING,
                RUNNING, new RunStatus.Interrupted("r", 1), DONE);
        pass(6);
        assertThat(outcome).isNotDone();
        pass(1);
        assertThat(outcome).isCompletedWithValue(DONE);
        assertThat(delays).extracting(Duration::toMillis).containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L);
        assertThat(later).isEmpty();
    }

    @Test
    void shortPoll_isAtLeastTheFirstDelay() {
        outcome(Duration.ZERO, RUNNING);
        pass(2);
        assertThat(delays).containsOnly(OutcomeWatch.FIRST);
    }

    @Test
    void nobodyAsks_whenNobodyWaitsAnyMore() {
        CompletableFuture<RunResult> outcome = outcome(Duration.ofSeconds(1), RUNNING);
        outcome.cancel(false);
        pass(1);
        assertThat(asked).isOne();
        assertThat(later).isEmpty();
    }

    @Test
    void unknownRun_andAFailedLedger_failTheOutcome() {
        assertThatThrownBy(outcome(Duration.ofSeconds(1), "unknown")::join).hasCauseInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("the ledger knows no run r");
        statuses.clear();
        assertThatThrownBy(outcome(Duration.ofSeconds(1), new LedgerFailed("down", null))::join)
                .hasCauseInstanceOf(LedgerFailed.class);
    }
}
