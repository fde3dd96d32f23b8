package dev.pocketflow.functions.approval;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(Smtp.class)
class ApprovalIT extends ApprovalTest {
}
