package dev.pocketflow.quarkus.deployment.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.UniNode;
import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

class UniRetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = RetryApplication.APP;

    /** Its Uni fails as often as the store says. */
    abstract static class FailingUni extends AsyncRetryTest.Failing implements UniNode<AtomicInteger, String> {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();

        /** {@return how often the work was described, and how many of its subscriptions were cancelled} */
        List<Integer> counts() {
            return List.of(calls.get(), cancelled.get());
        }

        static Uni<String> uni(AtomicInteger failures) {
            return Uni.createFrom().completionStage(() -> stage(failures));
        }

        Uni<String> pending() {
            calls.incrementAndGet();
            return Uni.createFrom().<String> nothing().onCancellation().invoke(cancelled::incrementAndGet);
        }
    }

    static class RetriedUni extends FailingUni {
        @Override
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public Uni<String> execUni(AtomicInteger failures) {
            Visit.current().emit(Visit.current().attempt());
            return uni(failures);
        }
    }

    static class RescuedUni extends FailingUni {
        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        @Fallback(fallbackMethod = "rescue")
        public Uni<String> execUni(AtomicInteger failures) {
            return uni(failures);
        }

        Uni<String> rescue(AtomicInteger failures) {
            return Uni.createFrom().item("rescued");
        }
    }

    static class HangingUni extends FailingUni {
        @Override
        @Timeout(20)
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        public Uni<String> execUni(AtomicInteger failures) {
            return pending();
        }
    }

    static class EndlessUni extends FailingUni {
        @Override
        @Retry(maxRetries = 3, delay = 0, jitter = 0)
        public Uni<String> execUni(AtomicInteger failures) {
            return pending();
        }
    }

    @RequestScoped
    static class Caller {
        String name = "nobody";

        String name() {
            return name;
        }

        void name(String name) {
            this.name = name;
        }
    }

    static class AskingUni extends FailingUni {
        @Inject
        Caller caller;

        @Override
        public Uni<String> execUni(AtomicInteger failures) {
            return Uni.createFrom().item("for ").emitOn(Infrastructure.getDefaultWorkerPool())
                    .map(item -> item + caller.name());
        }
    }

    @Inject
    RetriedUni retried;
    @Inject
    RescuedUni rescued;
    @Inject
    HangingUni hanging;
    @Inject
    EndlessUni endless;
    @Inject
    AskingUni asking;
    @Inject
    Caller caller;

    @Test
    void failedUnis_areRetried_andCounted() {
        for (ObservedRun seen : List.of(ObservedRun.run(retried, Map.of("failures", 2)),
                ObservedRun.runAsync(retried, Map.of("failures", 2)))) {
            assertThat(seen.result()).isEqualTo("done");
            assertThat(seen.attempts()).isEqualTo(3);
            assertThat(seen.failed()).containsExactly("-1/1", "-1/2");
            assertThat(seen.all(RunEvent.Emitted.class)).extracting(RunEvent.Emitted::value).containsExactly(1, 2, 3);
        }
    }

    @Test
    void lastFailureOfAUni_endsTheStep() {
        ObservedRun seen = ObservedRun.runAsync(retried, Map.of("failures", 9));

        assertThat(seen.cause()).isEqualTo(IllegalStateException.class);
        assertThat(seen.failed()).containsExactly("-1/1", "-1/2", "-1/3");
    }

    @Test
    void fallbackUni_answers_afterTheLastAttempt() {
        assertThat(ObservedRun.runAsync(rescued, Map.of("failures", 9)).result()).isEqualTo("rescued");
        assertThat(ObservedRun.runAsync(rescued, Map.of("failures", 1)).result()).isEqualTo("done");
    }

    @Test
    void timeout_cancelsTheSubscriptionOfEachAttempt() {
        assertThat(ObservedRun.runAsync(hanging, Map.of("failures", 0)).cause()).isEqualTo(TimeoutException.class);

        assertThat(hanging.counts()).containsExactly(2, 2);
    }

    @Test
    void cancelledRun_cancelsTheSubscription_andNoAttemptFollows() {
        Run run = Run.of(Flow.named("test").node("a", endless).build(), Store.of(Map.of("failures", 0)))
                .executor(Runnable::run);
        CompletableFuture<Outcome> outcome = run.startAsync().toCompletableFuture();

        run.cancel();

        assertThat(((Outcome.Failed) outcome.join()).failure()).isInstanceOf(FlowException.Stopped.class);
        assertThat(endless.counts()).containsExactly(1, 1);
    }

    @Test
    void requestContext_isActiveInTheUni() {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            caller.name("Ada");
            assertThat(ObservedRun.run(asking, Map.of("failures", 0)).result()).isEqualTo("for Ada");
        } finally {
            request.terminate();
        }
    }
}
