package dev.pocketflow.functions.hello;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HelloIT extends HelloTest {
}
