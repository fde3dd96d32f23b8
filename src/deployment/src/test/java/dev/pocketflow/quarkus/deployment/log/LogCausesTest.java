package dev.pocketflow.quarkus.deployment.log;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An author's view of a failure, in dev and test, without any configuration. */
class LogCausesTest {

    private static final PatternFormatter WITH_STACK_TRACES = new PatternFormatter("%p %s%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.check-values", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("dev.pocketflow"))
            .assertLogRecords(records -> assertThat(records).map(WITH_STACK_TRACES::format)
                    .anyMatch(
                            line -> line.startsWith("ERROR ") && line.contains("failed: flow 'bad', node 'fails': exec failed")
                                    && line.contains("java.lang.IllegalArgumentException: " + FailingFlow.SECRET)
                                    && line.contains("Caused by: java.lang.IllegalStateException: " + FailingFlow.SECRET)
                                    && line.contains("(FailingFlow.java:"))
                    .anyMatch(line -> line.contains("node 'async'")
                            && line.contains("IllegalArgumentException: " + FailingFlow.SECRET))
                    .anyMatch(line -> line.contains("flow 'iterates': forEach failed") && line.contains("(FailingFlow.java:"))
                    .anyMatch(line -> line.contains("OutOfMemoryError: " + FailingFlow.SECRET))
                    .anyMatch(line -> line.contains("ended, but its outcome cannot be answered")));

    @ParameterizedTest
    @CsvSource({ "exception", "async", "iterate", "memory", "unwritable" })
    void answer_isAsInProduction(String how) {
        String answer = given().contentType("application/json").body("{\"how\":\"" + how + "\"}").post("/").then()
                .statusCode(500).extract().path("failure").toString();

        assertThat(answer).doesNotContain(FailingFlow.SECRET);
    }

    @Test
    void attempts_areInTheAnswer() {
        String error = given().contentType("application/json").body("{\"how\":\"exception\"}").post("/").then()
                .statusCode(500).extract().path("failure.attempts[0].error");

        assertThat(error).isEqualTo("java.lang.IllegalArgumentException");
    }
}
