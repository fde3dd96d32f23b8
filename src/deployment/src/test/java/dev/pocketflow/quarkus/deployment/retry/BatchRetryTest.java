package dev.pocketflow.quarkus.deployment.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Key;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import io.quarkus.test.QuarkusUnitTest;

class BatchRetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = RetryApplication.APP;

    /** A node whose items tell how often they fail. */
    abstract static class Failing implements BatchNode<Integer, Integer> {
        static final Key<List<Integer>> FAILURES = Key.listOf("failures", Integer.class);

        @Override
        public List<Integer> prep(Store shared) {
            return shared.get(FAILURES);
        }

        static int attempt(int failures) {
            if (Visit.current().attempt() <= failures) {
                throw new IllegalStateException();
            }
            return Visit.current().attempt();
        }

        @Override
        public String post(Store shared, List<Integer> items, List<Integer> results) {
            shared.put("result", results);
            return null;
        }
    }

    static class InOrder extends Failing {
        @Override
        @Retry(maxRetries = 2, delay = 0, jitter = 0)
        public Integer exec(Integer failures) {
            return attempt(failures);
        }
    }

    static class Rescued extends Failing {
        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        @Fallback(fallbackMethod = "rescue")
        public Integer exec(Integer failures) {
            return attempt(failures);
        }

        Integer rescue(Integer failures) {
            return -failures;
        }
    }

    /** All first attempts meet, then all second attempts: the attempts of one item do not affect another. */
    static class Together implements ParallelBatchNode<Integer, Integer> {
        static final CyclicBarrier MEET = new CyclicBarrier(3);

        @Override
        public List<Integer> prep(Store shared) {
            return List.of(9, 1, 1);
        }

        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        @Fallback(fallbackMethod = "rescue")
        public Integer exec(Integer failures) throws Exception {
            MEET.await(2, TimeUnit.MINUTES);
            return Failing.attempt(failures);
        }

        Integer rescue(Integer failures) {
            return -failures;
        }

        @Override
        public String post(Store shared, List<Integer> items, List<Integer> results) {
            shared.put("result", results);
            return null;
        }
    }

    static class Crowd implements ParallelBatchNode<Integer, Integer> {
        @Override
        public List<Integer> prep(Store shared) {
            return List.of(1, 2);
        }

        @Override
        @Bulkhead(1)
        public Integer exec(Integer item) throws Exception {
            new CyclicBarrier(2).await(2, TimeUnit.MINUTES); // until the refusal of the other item interrupts it
            return item;
        }
    }

    @Inject
    InOrder inOrder;
    @Inject
    Rescued rescued;
    @Inject
    Together together;
    @Inject
    Crowd crowd;

    @Test
    void retries_areEachItemsOwn() {
        ObservedRun seen = ObservedRun.run(inOrder, Map.of("failures", List.of(0, 2, 1)));
        assertThat(seen.result()).isEqualTo(List.of(1, 3, 2));
        assertThat(seen.attempts()).isEqualTo(6);
        assertThat(seen.failed()).containsExactly("1/1", "1/2", "2/1");
    }

    @Test
    void failedItem_endsTheBatch_beforeLaterItems() {
        ObservedRun seen = ObservedRun.run(inOrder, Map.of("failures", List.of(0, 9, 1)));
        assertThat(seen.cause()).isEqualTo(IllegalStateException.class);
        assertThat(seen.outcome().store().find("result")).isEmpty();
        assertThat(seen.attempts()).isEqualTo(4);
        assertThat(seen.failed()).containsExactly("1/1", "1/2", "1/3");
    }

    @Test
    void fallback_getsTheItem() {
        assertThat(ObservedRun.run(rescued, Map.of("failures", List.of(7, 1, 8))).result()).isEqualTo(List.of(-7, 2, -8));
    }

    /** In the original, concurrent items share one attempt counter. They lose attempts, fallbacks and failures by it. */
    @Test
    void retries_areEachItemsOwn_inParallel() {
        ObservedRun seen = ObservedRun.run(together, Map.of());
        assertThat(seen.result()).isEqualTo(List.of(-9, 2, 2));
        assertThat(seen.attempts()).isEqualTo(6);
        assertThat(seen.failed()).containsExactlyInAnyOrder("0/1", "0/2", "1/1", "2/1");
    }

    @Test
    void bulkhead_holdsForTheItems_inParallel() {
        assertThat(ObservedRun.run(crowd, Map.of()).cause()).isEqualTo(BulkheadException.class);
    }
}
