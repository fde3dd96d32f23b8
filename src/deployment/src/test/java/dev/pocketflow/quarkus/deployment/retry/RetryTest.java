package dev.pocketflow.quarkus.deployment.retry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.faulttolerance.api.ExponentialBackoff;

class RetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = RetryApplication.APP;

    /** Fails as often as the store asks, in the phase that the store names. */
    abstract static class Failing implements Node<Integer, String> {
        @Override
        public Integer prep(Store shared) {
            fail(shared, "prep");
            return (Integer) shared.get("failures");
        }

        static String attempt(int failures) {
            if (Visit.current().attempt() <= failures) {
                throw new IllegalStateException("attempt " + Visit.current().attempt());
            }
            return "attempt " + Visit.current().attempt();
        }

        @Override
        public String post(Store shared, Integer failures, String result) {
            fail(shared, "post");
            shared.put("result", result);
            return null;
        }

        private static void fail(Store shared, String phase) {
            shared.update(phase + "s", calls -> calls == null ? 1 : (Integer) calls + 1);
            if (shared.find("failing").filter(phase::equals).isPresent()) {
                throw new IllegalStateException();
            }
        }
    }

    static class Plain extends Failing {
        @Override
        public String exec(Integer failures) {
            return attempt(failures);
        }
    }

    static class Retried extends Failing {
        @Override
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public String exec(Integer failures) {
            return attempt(failures);
        }
    }

    static class Once extends Failing {
        @Override
        @Retry(maxRetries = 0)
        public String exec(Integer failures) {
            return attempt(failures);
        }
    }

    static class Rescued extends Failing {
        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        @Fallback(fallbackMethod = "rescue")
        public String exec(Integer failures) {
            if (failures < 0) {
                throw new AssertionError();
            }
            return attempt(failures);
        }

        String rescue(Integer failures) {
            if (failures > 9) {
                throw new UnsupportedOperationException();
            }
            return "rescued after " + Visit.current().attempt();
        }
    }

    static class Backoff extends Failing {
        @Override
        @Retry(maxRetries = 3, delay = 1, jitter = 0)
        @ExponentialBackoff
        public String exec(Integer failures) {
            return attempt(failures);
        }
    }

    abstract static class Template<P> implements Node<P, String> {
        @Override
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public String exec(P failures) {
            return Failing.attempt((Integer) failures);
        }
    }

    static class Inheriting extends Template<Integer> {
        @Override
        public Integer prep(Store shared) {
            return (Integer) shared.get("failures");
        }

        @Override
        public String post(Store shared, Integer failures, String result) {
            shared.put("result", result);
            return null;
        }
    }

    /** A class that is not a node by itself. */
    static class Bare<P> {
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public String exec(P failures) {
            return Failing.attempt((Integer) failures);
        }
    }

    static class Adapting extends Bare<Integer> implements Node<Integer, String> {
        @Override
        public Integer prep(Store shared) {
            return (Integer) shared.get("failures");
        }

        @Override
        public String post(Store shared, Integer failures, String result) {
            shared.put("result", result);
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow flow(Retried node) {
            return Flow.named("served").node("retried", node).build();
        }
    }

    @Inject
    Plain plain;
    @Inject
    Retried retried;
    @Inject
    Once once;
    @Inject
    Rescued rescued;
    @Inject
    Backoff backoff;
    @Inject
    Inheriting inheriting;
    @Inject
    Adapting adapting;

    @Test
    void maxRetries_excludesTheFirstAttempt() {
        ObservedRun seen = ObservedRun.run(retried, Map.of("failures", 2));
        assertThat(seen.result()).isEqualTo("attempt 3");
        assertThat(seen.attempts()).isEqualTo(3);
        assertThat(seen.failed()).containsExactly("-1/1", "-1/2");
        assertThat(seen.all(RunEvent.AttemptFailed.class)).extracting(event -> event.failure().getMessage())
                .containsExactly("attempt 1", "attempt 2");
    }

    @Test
    void lastFailure_endsTheStep_afterAllAttempts() {
        ObservedRun seen = ObservedRun.run(retried, Map.of("failures", 9));
        assertThat(seen.cause()).isEqualTo(IllegalStateException.class);
        assertThat(seen.attempts()).isEqualTo(3);
        assertThat(seen.failed()).containsExactly("-1/1", "-1/2", "-1/3");
        assertThat(seen.all(RunEvent.StepFinished.class).get(0).error()).contains(IllegalStateException.class.getName());
    }

    @Test
    void exec_isCalledOnce_withoutRetries() {
        for (Node<?, ?> node : List.of(plain, once)) {
            assertThat(ObservedRun.run(node, Map.of("failures", 0)).attempts()).isEqualTo(1);
            ObservedRun failing = ObservedRun.run(node, Map.of("failures", 1));
            assertThat(failing.attempts()).isEqualTo(1);
            assertThat(failing.failed()).containsExactly("-1/1");
        }
    }

    @Test
    void prepAndPost_areNeverRetried() {
        for (String phase : List.of("prep", "post")) {
            for (Node<?, ?> node : List.of(retried, rescued)) {
                ObservedRun seen = ObservedRun.run(node, Map.of("failures", 0, "failing", phase));
                assertThat(seen.cause()).isEqualTo(IllegalStateException.class);
                assertThat(seen.outcome().store().get(phase + "s")).isEqualTo(1);
                assertThat(seen.outcome().store().find("result")).isEmpty();
                assertThat(seen.failed()).isEmpty();
            }
        }
    }

    @Test
    void fallback_answersOnce_afterTheLastAttempt() {
        ObservedRun seen = ObservedRun.run(rescued, Map.of("failures", 2));
        assertThat(seen.result()).isEqualTo("rescued after 2");
        assertThat(seen.attempts()).isEqualTo(2);
        assertThat(seen.failed()).containsExactly("-1/1", "-1/2");
    }

    @Test
    void fallback_isNotCalled_ifAnAttemptSucceeds() {
        assertThat(ObservedRun.run(rescued, Map.of("failures", 1)).result()).isEqualTo("attempt 2");
    }

    @Test
    void failureOfTheFallback_endsTheStep() {
        ObservedRun seen = ObservedRun.run(rescued, Map.of("failures", 10));
        assertThat(seen.cause()).isEqualTo(UnsupportedOperationException.class);
        assertThat(seen.attempts()).isEqualTo(2);
    }

    /** MicroProfile's defaults: {@code @Retry} applies to exceptions, {@code @Fallback} to errors too. */
    @Test
    void error_isNotRetried_butHasAFallback() {
        ObservedRun seen = ObservedRun.run(rescued, Map.of("failures", -1));
        assertThat(seen.result()).isEqualTo("rescued after 1");
    }

    @Test
    void backoff_keepsTheCount() {
        ObservedRun seen = ObservedRun.run(backoff, Map.of("failures", 3));
        assertThat(seen.result()).isEqualTo("attempt 4");
        assertThat(seen.attempts()).isEqualTo(4);
    }

    @Test
    void inheritedExec_isRetriedOnce_andCounted() {
        for (Node<?, ?> node : List.of(inheriting, adapting)) {
            ObservedRun seen = ObservedRun.run(node, Map.of("failures", 2));
            assertThat(seen.result()).isEqualTo("attempt 3");
            assertThat(seen.attempts()).isEqualTo(3);
            assertThat(ObservedRun.run(node, Map.of("failures", 9)).failed()).containsExactly("-1/1", "-1/2", "-1/3");
        }
    }

    @Test
    void attempts_areAnswered_inThePath() {
        given().contentType("application/json").body("{\"failures\":2}").post("/").then().statusCode(200)
                .body("path[0].attempts", equalTo(3)).body("store.result", equalTo("attempt 3"));
        given().contentType("application/json").body("{\"failures\":3}").post("/").then().statusCode(500)
                .body("path[0].attempts", equalTo(3)).body("path[0].error", equalTo("java.lang.IllegalStateException"));
    }

    @Test
    void failedAttempts_areStreamed() {
        List<ServerSentEvent> events = ServerSentEvent.post("{\"failures\":2}");
        assertThat(events).hasToString("[started retried, attempt-failed retried, attempt-failed retried, finished retried, "
                + "outcome]");
        assertThat(events.get(2).data().get("attempt")).isEqualTo(2);
        assertThat(events.get(2).data().get("error")).isEqualTo("java.lang.IllegalStateException");
        assertThat(events.get(2).data()).doesNotContainKey("item");
        assertThat(events.get(3).data().get("attempts")).isEqualTo(3);
    }
}
