package dev.pocketflow.quarkus.deployment.log;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;

import jakarta.enterprise.inject.Produces;

import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class StepLogTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(First.class, Second.class, Flows.class)
            .overrideConfigKey("quarkus.log.category.\"dev.pocketflow\".level", "INFO")
            .setLogRecordPredicate(StepLogTest::isKept)
            .assertLogRecords(StepLogTest::assertLines);

    static class First implements Node<Void, Void> {
        @Override
        public String post(Store shared, Void prepared, Void result) {
            return shared.find("action").map(String.class::cast).orElse("next");
        }
    }

    static class Second implements Node<Void, Void> {
        private static final Logger LOG = Logger.getLogger("own");

        @Override
        public Void exec(Void prepared) {
            LOG.info("in between");
            throw new IllegalStateException("a message that is not logged");
        }
    }

    static class Flows {
        @Produces
        Flow flow(First first, Second second) {
            return Flow.named("served").node("first", first).on("next", "second").ends("x\nrun=FAKE\u0085")
                    .node("second", second).build();
        }
    }

    @Test
    void steps_areLogged() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(500);
        given().contentType("application/json").body("{\"action\": \"x\\nrun=FAKE\\u0085\"}").post("/").then().statusCode(200);
    }

    private static boolean isKept(LogRecord record) {
        ((ExtLogRecord) record).copyMdc(); // as it is at this moment
        return List.of("dev.pocketflow.step", "own").contains(record.getLoggerName());
    }

    private static void assertLines(List<LogRecord> lines) {
        assertThat(lines).extracting(LogRecord::getLoggerName).containsExactly("dev.pocketflow.step", "own",
                "dev.pocketflow.step", "dev.pocketflow.step");
        ExtLogRecord first = (ExtLogRecord) lines.get(0);
        assertThat(first.getLevel()).isEqualTo(Level.INFO);
        assertThat(first.getFormattedMessage())
                .matches("run=[0-9A-Z]{26} flow=served node=first action=next ms=\\d+\\.\\d{3} attempts=1");
        Map<String, String> fields = first.getMdcCopy();
        assertThat(fields).containsOnlyKeys("run", "flow", "node", "action", "ms", "attempts").containsEntry("flow", "served")
                .containsEntry("node", "first").containsEntry("action", "next").containsEntry("attempts", "1");
        assertThat(first.getFormattedMessage()).contains("run=" + fields.get("run"), "ms=" + fields.get("ms"));

        assertThat(((ExtLogRecord) lines.get(1)).getMdcCopy()).isEmpty();

        ExtLogRecord failed = (ExtLogRecord) lines.get(2);
        assertThat(failed.getLevel()).isEqualTo(Level.WARN);
        assertThat(failed.getFormattedMessage()).matches("run=[0-9A-Z]{26} flow=served node=second "
                + "error=java.lang.IllegalStateException ms=\\d+\\.\\d{3} attempts=1");
        assertThat(failed.getMdcCopy()).containsOnlyKeys("run", "flow", "node", "error", "ms", "attempts")
                .containsEntry("error", "java.lang.IllegalStateException");
        assertThat(failed.getThrown()).isNull();

        ExtLogRecord forged = (ExtLogRecord) lines.get(3);
        assertThat(forged.getFormattedMessage()).contains(" action=x\\nrun=FAKE\\u0085 ms=");
        assertThat(forged.getMdcCopy()).containsEntry("action", "x\\nrun=FAKE\\u0085");
    }
}
