package dev.pocketflow.functions.agent;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Runs that pass through their sealed envelope after every step, like a hand-over. */
@QuarkusTest
@TestProfile(ConfiguredAgent.class)
class AgentRoundTripTest extends AgentRunTests {
}
