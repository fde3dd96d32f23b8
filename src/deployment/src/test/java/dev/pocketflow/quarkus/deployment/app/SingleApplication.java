package dev.pocketflow.quarkus.deployment.app;

import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.test.QuarkusUnitTest;

/** The application of one test class. */
final class SingleApplication extends QuarkusUnitTest {

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        SharedApplication.stop();
        super.beforeAll(context);
    }
}
