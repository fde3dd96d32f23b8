package dev.pocketflow.functions.approval;

import java.util.Map;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Runs that pass through their sealed envelope after every step, like a hand-over. */
@QuarkusTest
@TestProfile(ApprovalRoundTripTest.EveryStep.class)
@WithTestResource(Smtp.class)
class ApprovalRoundTripTest extends ApprovalRunTests {

    public static class EveryStep implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.pocketflow.round-trip", "every-step");
        }
    }
}
