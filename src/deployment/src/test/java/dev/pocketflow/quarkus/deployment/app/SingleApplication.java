package dev.pocketflow.quarkus.deployment.app;

import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.test.QuarkusUnitTest;

/** The application of one test class. The shared application stops first: two would use one set of static fields. */
final class SingleApplication extends QuarkusUnitTest {

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        SharedApplication.stop();
        super.beforeAll(context);
    }
}
