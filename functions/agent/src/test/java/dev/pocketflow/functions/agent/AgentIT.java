package dev.pocketflow.functions.agent;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(Impatient.class)
class AgentIT extends AgentTest {
}
