package dev.pocketflow;

import static dev.pocketflow.TestSteps.batch;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private Run run(Flow flow) {
        return TestRuns.of(flow, store).nanoTime(() -> 0).listener(events::add);
    }

    @Test
    void attempts_areCountedFromOne_andEachFailureIsTold() {
        IllegalStateException first = new IllegalStateException("first");
        Run run = run(flow(executing(() -> {
            Visit visit = Visit.current();
            assertThatThrownBy(() -> visit.attempt(() -> {
                throw first;
            })).isSameAs(first);
            return visit.attempt(visit::attempt);
        })));

        run.start().orThrow();

        assertThat(store.get("result")).isEqualTo(2);
        assertThat(events).contains(new RunEvent.AttemptFailed(run.id(), "flow", "node", 1, OptionalInt.empty(), 1, first));
        assertThat(run.path()).singleElement().extracting(RunEvent.StepFinished::attempts).isEqualTo(2);
    }

    @Test
    void lastAttemptFails_isToldOnce() {
        run(flow(executing(() -> Visit.current().attempt(() -> {
            throw new IllegalStateException();
        })))).start();

        assertThat(events).filteredOn(RunEvent.AttemptFailed.class::isInstance).hasSize(1);
    }

    @Test
    void fallbackAfterFailedAttempts_completesTheStep() {
        Run run = run(flow(executing(() -> {
            try {
                return Visit.current().attempt(() -> {
                    throw new IllegalStateException();
                });
            } catch (IllegalStateException e) {
                return "fallback";
            }
        })));

        run.start().orThrow();

        assertThat(store.get("result")).isEqualTo("fallback");
        assertThat(run.path()).singleElement().extracting(RunEvent.StepFinished::error).isEqualTo(Optional.empty());
    }

    @Test
    void failedAttempt_isReported_whenItsStageFails() throws Exception {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        IllegalStateException wrong = new IllegalStateException();
        Run run = run(flow(new AsyncNode<Object, Object>() {
            @Override
            public CompletionStage<Object> exec(Object prepared) {
                try {
                    return Visit.current().attempt(() -> stage);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        })).executor(Runnable::run);
        CompletionStage<Outcome> outcome = run.startAsync();
        assertThat(events).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.StepStarted.class);

        stage.completeExceptionally(wrong);

        assertThat(outcome.toCompletableFuture().get(2, TimeUnit.MINUTES)).isInstanceOf(Outcome.Failed.class);
        assertThat(events).filteredOn(RunEvent.AttemptFailed.class::isInstance)
                .containsExactly(new RunEvent.AttemptFailed(run.id(), "flow", "node", 1, OptionalInt.empty(), 1, wrong));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void failuresInABatch_tellTheItem(int concurrency) {
        run(flow(batch(concurrency, List.of("a", "bad", "c"), item -> {
            if (item.equals("bad")) {
                throw new IllegalStateException();
            }
            return item;
        }))).start();

        assertThat(events).filteredOn(RunEvent.AttemptFailed.class::isInstance).singleElement()
                .extracting(event -> ((RunEvent.AttemptFailed) event).item()).isEqualTo(OptionalInt.of(1));
    }
}
