package dev.pocketflow.functions.loop;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LoopIT extends LoopTest {
}
