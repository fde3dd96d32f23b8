package dev.pocketflow.quarkus.deployment.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.faulttolerance.api.RateLimitException;

class GuardsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = RetryApplication.APP;

    static class Hanging implements Node<Void, Void> {
        @Override
        @Timeout(20)
        public Void exec(Void prepared) throws InterruptedException {
            new CountDownLatch(1).await();
            return null;
        }
    }

    static class SlowAtFirst implements Node<Void, Integer> {
        @Override
        @Timeout(500)
        @Retry(maxRetries = 20, delay = 0, jitter = 0) // a slow machine may need more than the second
        public Integer exec(Void prepared) throws InterruptedException {
            if (Visit.current().attempt() == 1) {
                new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            }
            return Visit.current().attempt();
        }

        @Override
        public String post(Store shared, Void prepared, Integer result) {
            shared.put("result", result);
            return null;
        }
    }

    static class Breaking implements Node<Void, Void> {
        @Override
        @CircuitBreaker(requestVolumeThreshold = 2, failureRatio = 1, delay = 1, delayUnit = ChronoUnit.HOURS)
        public Void exec(Void prepared) {
            throw new IllegalStateException();
        }
    }

    static class Limited implements Node<Void, Void> {
        @Override
        @RateLimit(value = 1, window = 1, windowUnit = ChronoUnit.HOURS)
        public Void exec(Void prepared) {
            return null;
        }
    }

    @Inject
    Hanging hanging;
    @Inject
    SlowAtFirst slowAtFirst;
    @Inject
    Breaking breaking;
    @Inject
    Limited limited;

    @Test
    void timeout_endsACallThatHangs() {
        ObservedRun seen = ObservedRun.run(hanging, Map.of());
        assertThat(seen.cause()).isEqualTo(TimeoutException.class);
        assertThat(seen.attempts()).isEqualTo(1);
        assertThat(seen.failed()).containsExactly("-1/1");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void timeout_isEachAttemptsOwn() {
        ObservedRun seen = ObservedRun.run(slowAtFirst, Map.of());
        assertThat((Integer) seen.result()).isGreaterThan(1).isEqualTo(seen.failed().size() + 1);
        assertThat(seen.failed()).startsWith("-1/1");
    }

    @Test
    void circuitBreaker_opens_acrossRuns() {
        assertThat(ObservedRun.run(breaking, Map.of()).cause()).isEqualTo(IllegalStateException.class);
        assertThat(ObservedRun.run(breaking, Map.of()).cause()).isEqualTo(IllegalStateException.class);
        assertThat(ObservedRun.run(breaking, Map.of()).cause()).isEqualTo(CircuitBreakerOpenException.class);
    }

    @Test
    void rateLimit_holds_acrossRuns() {
        ObservedRun.run(limited, Map.of()).outcome().orThrow();
        assertThat(ObservedRun.run(limited, Map.of()).cause()).isEqualTo(RateLimitException.class);
    }
}
