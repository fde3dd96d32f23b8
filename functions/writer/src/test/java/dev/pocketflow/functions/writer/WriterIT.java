package dev.pocketflow.functions.writer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WriterIT extends WriterTest {
}
