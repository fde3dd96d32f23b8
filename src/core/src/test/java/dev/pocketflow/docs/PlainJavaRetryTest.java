package dev.pocketflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.failsafe.RetryPolicy;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;

/** The retries that ADR 10 shows for plain Java: a library repeats, and core counts. */
class PlainJavaRetryTest {

    private static final Key<String> TEXT = Key.of("text", String.class);
    private static final Duration NO_TIME = Duration.ofNanos(1);

    interface Model {
        String shorten(String text) throws IOException;
    }

    record Shorten(Model model, FailsafeExecutor<String> retries) implements Node<String, String> {
        @Override
        public String prep(Store shared) {
            return shared.get(TEXT);
        }

        @Override
        public String exec(String text) {
            Visit visit = Visit.current();
            return retries.get(() -> visit.attempt(() -> model.shorten(text)));
        }

        @Override
        public String post(Store shared, String text, String shorter) {
            shared.put(TEXT, shorter);
            return null;
        }
    }

    private static FailsafeExecutor<String> withFallback(Duration wait) {
        return Failsafe.with(Fallback.of("no headline"),
                RetryPolicy.<String> builder().withMaxAttempts(3).withDelay(wait).build());
    }

    private static FailsafeExecutor<String> withoutFallback(Duration wait) {
        return Failsafe.with(RetryPolicy.<String> builder().withMaxAttempts(3).withDelay(wait).build());
    }

    private final List<String> failed = new ArrayList<>();
    private int calls;

    private Run run(Model model, FailsafeExecutor<String> retries) {
        Flow flow = Flow.named("headline").node("shorten", new Shorten(model, retries)).build();
        return Run.of(flow, Store.of(Map.of("text", "long"))).listener(event -> {
            if (event instanceof RunEvent.AttemptFailed attempt) {
                failed.add(attempt.attempt() + " " + attempt.failure().getMessage());
            }
        });
    }

    private Model failing(int times) {
        return text -> {
            if (++calls <= times) {
                throw new IOException("down");
            }
            return text + " in short";
        };
    }

    @Test
    void attempts_areCountedAndTold() {
        Run run = run(failing(2), withFallback(NO_TIME));

        assertThat(run.start().orThrow().store().get(TEXT)).isEqualTo("long in short");
        assertThat(failed).containsExactly("1 down", "2 down");
        assertThat(run.path().get(0).attempts()).isEqualTo(3);
    }

    @Test
    void fallback_answersAfterTheLastAttempt() {
        Run run = run(failing(9), withFallback(NO_TIME));

        assertThat(run.start().orThrow().store().get(TEXT)).isEqualTo("no headline");
        assertThat(failed).hasSize(3);
        assertThat(run.path().get(0).attempts()).isEqualTo(3);
    }

    @Test
    void lastFailure_failsTheStep_withoutAFallback() {
        Outcome.Failed outcome = (Outcome.Failed) run(failing(9), withoutFallback(NO_TIME)).start();

        assertThat(outcome.failure()).isInstanceOf(FlowException.StepFailed.class)
                .hasCauseInstanceOf(FailsafeException.class).hasRootCauseMessage("down");
        assertThat(((FlowException.StepFailed) outcome.failure()).attempts()).hasSize(3);
    }

    @Test
    void cancel_endsTheDelay() {
        Run run = run(failing(9), withoutFallback(Duration.ofDays(1)));
        run.listener(event -> {
            if (event instanceof RunEvent.AttemptFailed) {
                CompletableFuture.runAsync(run::cancel).join(); // by another thread, before the delay begins
            }
        });

        Outcome.Failed outcome = (Outcome.Failed) run.start();

        assertThat(outcome.failure()).isInstanceOf(FlowException.Stopped.class);
        assertThat(calls).isEqualTo(1);
    }
}
