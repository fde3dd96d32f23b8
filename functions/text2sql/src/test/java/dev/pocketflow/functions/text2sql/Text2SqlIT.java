package dev.pocketflow.functions.text2sql;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class Text2SqlIT extends Text2SqlTest {
}
