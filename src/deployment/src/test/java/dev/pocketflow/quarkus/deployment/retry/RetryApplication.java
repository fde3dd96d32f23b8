package dev.pocketflow.quarkus.deployment.retry;

import java.util.List;

import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** The application with the nodes of all tests of this package. */
final class RetryApplication {

    static final QuarkusUnitTest APP = TestApplication.shared(
            List.of(AsyncRetryTest.class, BatchRetryTest.class, GuardsTest.class, RetryTest.class, UniRetryTest.class),
            RetryApplication.class,
            ObservedRun.class, ServerSentEvent.class);

    private RetryApplication() {
    }
}
