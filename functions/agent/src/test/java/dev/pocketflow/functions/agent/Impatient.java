package dev.pocketflow.functions.agent;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Tests do not wait between attempts. */
public class Impatient implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.fault-tolerance.global.retry.delay", "1",
                "quarkus.fault-tolerance.global.retry.jitter", "0");
    }

    @Override
    public void stop() {
        // nothing was started
    }
}
