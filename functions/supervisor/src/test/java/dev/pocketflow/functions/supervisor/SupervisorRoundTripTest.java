package dev.pocketflow.functions.supervisor;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The same runs, passing through their sealed envelope after every step, like a hand-over. */
@QuarkusTest
@TestProfile(SupervisorRoundTripTest.EveryStep.class)
class SupervisorRoundTripTest extends SupervisorTest {

    public static class EveryStep implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.pocketflow.round-trip", "every-step");
        }
    }
}
