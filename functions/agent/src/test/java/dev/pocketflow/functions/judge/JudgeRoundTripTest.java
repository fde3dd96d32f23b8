package dev.pocketflow.functions.judge;

import java.util.HashMap;
import java.util.Map;

import dev.pocketflow.functions.agent.Impatient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same runs, passing through their sealed envelope after every step, like a hand-over. */
@QuarkusTest
@WithTestResource(Impatient.class)
@TestProfile(JudgeRoundTripTest.EveryStep.class)
class JudgeRoundTripTest extends JudgeTest {

    public static class EveryStep extends Guide {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.pocketflow.round-trip", "every-step");
            return config;
        }
    }
}
