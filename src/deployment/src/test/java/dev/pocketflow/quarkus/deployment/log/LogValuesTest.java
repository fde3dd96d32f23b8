package dev.pocketflow.quarkus.deployment.log;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class LogValuesTest {

    private static final PatternFormatter WITH_STACK_TRACES = new PatternFormatter("%s%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.log.values", "true")
            .overrideConfigKey("quarkus.pocketflow.log.steps", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().matches("dev[.]pocketflow[.](step|run)"))
            .assertLogRecords(records -> {
                assertThat(records).map(WITH_STACK_TRACES::format).hasSize(3);
                assertThat(WITH_STACK_TRACES.format(records.get(0))).contains("outcome=Completed",
                        "secret=" + FailingFlow.SECRET);
                assertThat(WITH_STACK_TRACES.format(records.get(1))).contains("outcome=Failed", "secret=" + FailingFlow.SECRET);
                assertThat(WITH_STACK_TRACES.format(records.get(2))).contains("exec failed",
                        "IllegalArgumentException: " + FailingFlow.SECRET);
            });

    @Test
    void valuesAndCauses_areLogged_whenLogValuesIsSet() {
        given().contentType("application/json").body("{\"how\":\"well\"}").post("/").then().statusCode(200);
        given().contentType("application/json").body("{\"how\":\"exception\"}").post("/").then().statusCode(500);
    }
}
