package dev.pocketflow.functions.vote;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(VoteIT.WithoutPause.class)
class VoteIT extends VoteTest {

    public static class WithoutPause implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Map.of("quarkus.fault-tolerance.global.retry.delay", "1", "quarkus.fault-tolerance.global.retry.jitter",
                    "0");
        }

        @Override
        public void stop() {
            // nothing was started
        }
    }
}
