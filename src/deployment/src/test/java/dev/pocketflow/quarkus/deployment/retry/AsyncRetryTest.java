package dev.pocketflow.quarkus.deployment.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import io.quarkus.test.QuarkusUnitTest;

class AsyncRetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = RetryApplication.APP;

    /** A node whose stage fails as often as the store asks. */
    abstract static class Failing implements AsyncNode<AtomicInteger, String> {
        @Override
        public AtomicInteger prep(Store shared) {
            return new AtomicInteger((Integer) shared.get("failures"));
        }

        static CompletionStage<String> stage(AtomicInteger failures) {
            return CompletableFuture.supplyAsync(() -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException();
                }
                return "done";
            });
        }

        @Override
        public String post(Store shared, AtomicInteger failures, String result) {
            shared.put("result", result);
            return null;
        }
    }

    static class Retried extends Failing {
        @Override
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public CompletionStage<String> exec(AtomicInteger failures) {
            return stage(failures);
        }
    }

    static class Offloaded extends Failing {
        @Override
        @Asynchronous
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public CompletionStage<String> exec(AtomicInteger failures) {
            return stage(failures);
        }
    }

    static class Rescued extends Failing {
        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        @Fallback(fallbackMethod = "rescue")
        public CompletionStage<String> exec(AtomicInteger failures) {
            return stage(failures);
        }

        CompletionStage<String> rescue(AtomicInteger failures) {
            return CompletableFuture.completedFuture("rescued");
        }
    }

    static class Hanging extends Failing {
        @Override
        @Timeout(20)
        public CompletionStage<String> exec(AtomicInteger failures) {
            return new CompletableFuture<>();
        }
    }

    static class Speaking extends Failing {
        @Override
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public CompletionStage<String> exec(AtomicInteger failures) {
            Visit.current().emit(Visit.current().attempt());
            return stage(failures);
        }
    }

    @Inject
    Retried retried;
    @Inject
    Offloaded offloaded;
    @Inject
    Rescued rescued;
    @Inject
    Hanging hanging;
    @Inject
    Speaking speaking;

    @Test
    void failedStages_areRetried_andCounted() {
        for (Failing node : List.of(retried, offloaded)) {
            for (ObservedRun seen : List.of(ObservedRun.run(node, Map.of("failures", 2)),
                    ObservedRun.runAsync(node, Map.of("failures", 2)))) {
                assertThat(seen.result()).isEqualTo("done");
                assertThat(seen.attempts()).isEqualTo(3);
                assertThat(seen.failed()).containsExactly("-1/1", "-1/2");
            }
        }
    }

    @Test
    void lastFailure_endsTheStep_afterAllAttempts() {
        ObservedRun seen = ObservedRun.runAsync(retried, Map.of("failures", 9));
        assertThat(seen.cause()).isEqualTo(IllegalStateException.class);
        assertThat(seen.attempts()).isEqualTo(3);
        assertThat(seen.failed()).containsExactly("-1/1", "-1/2", "-1/3");
        assertThat(seen.all(RunEvent.AttemptFailed.class)).extracting(RunEvent.AttemptFailed::failure)
                .hasOnlyElementsOfType(IllegalStateException.class);
    }

    @Test
    void visit_isCurrent_inEveryAttempt() {
        ObservedRun seen = ObservedRun.runAsync(speaking, Map.of("failures", 2));
        assertThat(seen.result()).isEqualTo("done");
        assertThat(seen.all(RunEvent.Emitted.class)).extracting(RunEvent.Emitted::value).containsExactly(1, 2, 3);
    }

    @Test
    void fallback_answers_afterTheLastAttempt() {
        assertThat(ObservedRun.runAsync(rescued, Map.of("failures", 9)).result()).isEqualTo("rescued");
        assertThat(ObservedRun.runAsync(rescued, Map.of("failures", 1)).result()).isEqualTo("done");
    }

    @Test
    void timeout_endsAStageThatNeverCompletes() {
        assertThat(ObservedRun.runAsync(hanging, Map.of("failures", 0)).cause()).isEqualTo(TimeoutException.class);
    }
}
