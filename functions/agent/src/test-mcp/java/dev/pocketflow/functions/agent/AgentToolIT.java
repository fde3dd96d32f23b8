package dev.pocketflow.functions.agent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AgentToolIT extends AgentToolTest {
}
