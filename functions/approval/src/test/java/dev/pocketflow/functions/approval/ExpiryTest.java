package dev.pocketflow.functions.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** A letter on which nobody decides. */
@QuarkusTest
@TestProfile(ExpiryTest.Soon.class)
@WithTestResource(Smtp.class)
class ExpiryTest {

    Mailboxes mailboxes;

    public static class Soon implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("approval.expires", "1s");
        }
    }

    @Test
    void runEndsWithoutTheLetter_whenNobodyDecidesInTime() throws Exception {
        mailboxes.reset();
        try (StepLogLines steps = new StepLogLines()) {
            ApprovalTest.ask(ApprovalTest.TO).statusCode(202).body("until", containsString("T"));
            assertThat(steps.take()).contains("node=draft action=default");
            assertThat(steps.take()).contains("suspended");
            assertThat(steps.take()).contains("node=approval action=expired");
        }

        String token = mailboxes.token();
        given().queryParam("token", token).get("/approve").then().statusCode(410)
                .body(containsString("<title>Too late</title>"), containsString("It was not sent."));
        given().formParam("token", token).formParam("decision", "reject").post("/approve").then().statusCode(409)
                .body(containsString("Nothing was done now."));
        assertThat(mailboxes.of(ApprovalTest.TO)).isEmpty();
    }

    /** The log's lines of steps. */
    private static final class StepLogLines extends Handler implements AutoCloseable {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Logger logger = Logger.getLogger("dev.pocketflow.step");

        StepLogLines() {
            logger.addHandler(this);
        }

        String take() throws InterruptedException {
            return lines.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
