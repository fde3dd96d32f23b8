package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.RawConnection;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Callers that disconnect, at any time and in any way, are not an error: they cause a debug line at most. */
class HangUpTest {

    private static final PatternFormatter WITH_STACK_TRACES = new PatternFormatter("%p %c %s%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(Flood.class, Retries.class, Ends.class, Flows.class, RawConnection.class)
            // a logger outlives its application: objects that it still refers to are never freed, as at each reload in dev mode
            .setAfterUndeployListener(() -> assertThat(Logger
                    .getLogger("org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler").getFilter()).isNull())
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).map(WITH_STACK_TRACES::format)
                    .noneMatch(line -> line.contains("UndeclaredThrowable"))
                    .noneMatch(line -> !line.contains("dev.pocketflow.step") && !line.contains("dev.pocketflow.run")
                            && !line.contains("QuarkusServerEndpointIndexer")));

    /** Waits until the test releases it, and then emits more than connections hold. */
    static class Flood implements Node<Boolean, String> {
        static final Semaphore MAY = new Semaphore(0);
        static final BlockingQueue<String> OVER = new LinkedBlockingQueue<>();

        @Override
        public Boolean prep(Store shared) {
            return shared.find("wait").isPresent();
        }

        @Override
        public String exec(Boolean wait) {
            if (!wait) {
                return "at once";
            }
            Visit.current().emit("there");
            try {
                MAY.acquire();
            } catch (InterruptedException e) {
                OVER.add("interrupted");
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < 20_000; i++) {
                Visit.current().emit("x".repeat(1_000));
            }
            OVER.add("over");
            return "y".repeat(2_000_000);
        }

        @Override
        public String post(Store shared, Boolean prepared, String result) {
            shared.put("text", result);
            return null;
        }
    }

    /** Waits between two attempts, and does not declare the exception of an interrupt. */
    static class Retries implements Node<Boolean, Void> {
        @Override
        public Boolean prep(Store shared) {
            return shared.find("retry").isPresent();
        }

        @Override
        @Retry(maxRetries = 1, delay = 60_000, maxDuration = 120_000)
        public Void exec(Boolean retry) {
            if (retry) {
                Visit.current().emit("retrying");
                throw new IllegalStateException();
            }
            return null;
        }
    }

    static class Ends {
        static final BlockingQueue<String> ERRORS = new LinkedBlockingQueue<>();

        void step(@Observes RunEvent.StepFinished step) {
            step.error().ifPresent(ERRORS::add);
        }
    }

    static class Flows {
        @Produces
        Flow flow(Retries retries, Flood flood) {
            return Flow.named("served").node("retries", retries).then("flood").node("flood", flood).build();
        }
    }

    private static final String WAIT = "{\"wait\":true}";

    @TestHTTPResource("/")
    URL url;

    private static void theNextOneIsAnswered() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200);
    }

    /** Waits for a run that ended so. A run whose caller disconnected at once may end late, and otherwise. */
    private static void awaitEnd(String how) throws InterruptedException {
        String end = "";
        while (!how.equals(end)) {
            end = Flood.OVER.poll(20, TimeUnit.SECONDS);
            assertThat(end).as("the end of a run").isNotNull();
        }
    }

    @Test
    void nothingIsLogged_whenAnUploadIsInterrupted() throws Exception {
        for (String accept : new String[] { "application/json", "text/event-stream" }) {
            for (int sent : new int[] { 0, 1, 5_000, 50_000, 900_000 }) {
                RawConnection raw = RawConnection.open(url).post(accept, 1_000_000, "{\"a\":\"" + "x".repeat(sent));
                theNextOneIsAnswered();
                raw.hangUp();
                RawConnection.open(url).post(accept, 1_000_000, "{\"a\":\"" + "x".repeat(sent)).close();
            }
        }
        theNextOneIsAnswered();
    }

    @Test
    void nothingIsLogged_whenTheCallerDisconnects() throws Exception {
        RawConnection raw = RawConnection.open(url).post("application/json", WAIT);
        theNextOneIsAnswered();
        raw.hangUp();
        Flood.MAY.release();
        awaitEnd("over");
        RawConnection reading = RawConnection.open(url).post("application/json", WAIT);
        Flood.MAY.release();
        awaitEnd("over");
        assertThat(reading.head()).startsWith("HTTP/1.1 200");
        reading.hangUp();
        theNextOneIsAnswered();
    }

    @Test
    void runIsCancelledAndNothingLogged_whenTheReaderOfAStreamDisconnects() throws Exception {
        RawConnection silent = RawConnection.open(url).post("text/event-stream", WAIT);
        assertThat(silent.reader().lines().anyMatch(line -> line.contains("there"))).isTrue();
        silent.hangUp();
        awaitEnd("interrupted");

        RawConnection flooded = RawConnection.open(url).post("text/event-stream", WAIT);
        assertThat(flooded.reader().lines().anyMatch(line -> line.contains("there"))).isTrue();
        Flood.MAY.release();
        awaitEnd("over");
        flooded.hangUp();

        RawConnection.open(url).post("text/event-stream", WAIT).hangUp();
        theNextOneIsAnswered();
    }

    @Test
    void interruptedRetry_isNamed() throws Exception {
        RawConnection raw = RawConnection.open(url).post("text/event-stream", "{\"retry\":true}");
        assertThat(raw.reader().lines().anyMatch(line -> line.contains("retrying"))).isTrue();
        Ends.ERRORS.clear();
        raw.hangUp();
        assertThat(Ends.ERRORS.poll(20, TimeUnit.SECONDS)).isEqualTo("java.lang.InterruptedException");
    }
}
