package dev.pocketflow.functions.loop;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The same runs, passing through their sealed envelope after every step, like a hand-over. */
@QuarkusTest
@TestProfile(LoopRoundTripTest.EveryStep.class)
class LoopRoundTripTest extends LoopTest {

    public static class EveryStep implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.pocketflow.round-trip", "every-step");
        }
    }
}
