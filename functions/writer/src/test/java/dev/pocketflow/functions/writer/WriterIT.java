package dev.pocketflow.functions.writer;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(WriterIT.InOneProcess.class)
class WriterIT extends WriterTest {

    /**
     * Hands over in the process, as in dev and test. By default the executable gives its envelope to the caller before the
     * style, which may take two minutes.
     */
    public static class InOneProcess implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            return Map.of("quarkus.pocketflow.hand-over", "local", "quarkus.fault-tolerance.global.retry.delay", "1",
                    "quarkus.fault-tolerance.global.retry.jitter", "0");
        }

        @Override
        public void stop() {
            // nothing was started
        }
    }
}
