package dev.pocketflow.functions.judge;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The same runs, passing through their sealed envelope after every step, like a hand-over. */
@QuarkusTest
@TestProfile(JudgeRoundTripTest.EveryStep.class)
class JudgeRoundTripTest extends JudgeTest {

    public static class EveryStep implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.pocketflow.round-trip", "every-step");
        }
    }
}
