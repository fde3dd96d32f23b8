package dev.pocketflow.functions.agent;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Runs that go through their sealed envelope after every step, as if they were handed over there. */
@QuarkusTest
@TestProfile(ConfiguredAgent.class)
class AgentRoundTripTest extends AgentRunTests {
}
