package dev.pocketflow.quarkus.deployment.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;

/** The tiny applications of the tests: each has the classes it names, and a port of its own. */
public final class TestApplication {

    /** Floats, as JSON's numbers come by default, are not the numbers that were sealed. */
    public static final RestAssuredConfig EXACT = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));

    private TestApplication() {
    }

    public static QuarkusUnitTest of(Class<?>... classes) {
        return new QuarkusUnitTest().withApplicationRoot(jar -> jar.addClasses(classes).addClass(TestApplication.class))
                .overrideConfigKey("quarkus.http.test-port", "0");
    }

    /** One that must not start, for the reason that the message tells. */
    public static QuarkusUnitTest refused(String message, Class<?>... classes) {
        return of(classes).assertException(refusal -> assertThat(messages(refusal)).contains(message));
    }

    /** For the test method of a refused application, which runs only if it was not. */
    public static void started() {
        fail("the application has started");
    }

    private static String messages(Throwable refusal) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
            for (Throwable suppressed : cause.getSuppressed()) {
                messages.append(messages(suppressed));
            }
        }
        return messages.toString();
    }
}
