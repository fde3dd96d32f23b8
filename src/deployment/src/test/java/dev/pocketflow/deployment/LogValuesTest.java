package dev.pocketflow.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class LogValuesTest {

    private static final PatternFormatter WITH_STACK_TRACES = new PatternFormatter("%s%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = App.of(Bad.CLASSES)
            .overrideConfigKey("pocketflow.log.values", "true")
            .overrideConfigKey("pocketflow.log.steps", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().matches("dev[.]pocketflow[.](step|run)"))
            .assertLogRecords(records -> {
                assertThat(records).map(WITH_STACK_TRACES::format).hasSize(3);
                assertThat(WITH_STACK_TRACES.format(records.get(0))).contains("outcome=Completed", "secret=" + Bad.SECRET);
                assertThat(WITH_STACK_TRACES.format(records.get(1))).contains("outcome=Failed", "secret=" + Bad.SECRET);
                assertThat(WITH_STACK_TRACES.format(records.get(2))).contains("exec failed",
                        "IllegalArgumentException: " + Bad.SECRET);
            });

    @Test
    void valuesAndCauses_areLogged_whereTheDebugKeySaysSo() {
        given().contentType("application/json").body("{\"how\":\"well\"}").post("/").then().statusCode(200);
        given().contentType("application/json").body("{\"how\":\"exception\"}").post("/").then().statusCode(500);
    }
}
