package dev.pocketflow.functions.tools;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ToolsIT extends ToolsTest {
}
