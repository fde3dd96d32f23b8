package dev.pocketflow.functions.agent;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Tests do not wait: neither between attempts nor long for an answer. */
public class Impatient implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.fault-tolerance.global.retry.delay", "1",
                "quarkus.fault-tolerance.global.retry.jitter", "0",
                "quarkus.fault-tolerance.\"dev.pocketflow.functions.agent.Answer/exec\".timeout.value", "2000");
    }

    @Override
    public void stop() {
        // nothing was started
    }
}
