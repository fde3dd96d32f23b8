package dev.pocketflow.quarkus.deployment.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayDeque;
import java.util.Deque;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** The Java code of the page for those who come from PocketFlow in Python. */
class PortedFlowsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Texts.class, Summarise.class, Model.class)
            .overrideConfigKey("quarkus.fault-tolerance.\"" + Summarise.class.getName() + "/exec\".retry.delay", "0");

    static class Texts {
        static final Key<String> TEXT = Key.of("text", String.class);
        static final Key<String> SUMMARY = Key.of("summary", String.class);

        @Produces
        Flow summary(Summarise summarise) {
            return Flow.named("summary").takes(TEXT).gives(SUMMARY)
                    .node("summarise", summarise).on("long", "summarise").ends("short")
                    .build();
        }
    }

    static class Summarise implements Node<String, String> {
        @Inject
        Model model;

        @Override
        public String prep(Store shared) {
            return shared.get(Texts.TEXT);
        }

        @Override
        @Retry(maxRetries = 2, delay = 10_000)
        @Fallback(fallbackMethod = "without")
        public String exec(String text) {
            return model.ask("Summarise: " + text);
        }

        String without(String text) {
            return "no summary";
        }

        @Override
        public String post(Store shared, String text, String summary) {
            shared.put(Texts.SUMMARY, summary);
            return summary.length() > 20 ? "long" : "short";
        }
    }

    /** Answers what a test has prepared, and fails when nothing is left. */
    @Singleton
    static class Model {
        final Deque<String> answers = new ArrayDeque<>();

        String ask(String prompt) {
            assertThat(prompt).isEqualTo("Summarise: a text");
            return answers.removeFirst();
        }
    }

    @Inject
    Model model;

    @BeforeEach
    void forget() {
        model.answers.clear();
    }

    @Test
    void longSummary_isMadeAgain() {
        model.answers.add("a summary that is much too long");
        model.answers.add("short");

        given().contentType("application/json").body("{\"text\": \"a text\"}").post("/").then().statusCode(200)
                .body("store.summary", equalTo("short")).body("path.action", contains("long", "short"));
    }

    @Test
    void failedNode_hasThreeAttempts_andAFallback() {
        given().contentType("application/json").body("{\"text\": \"a text\"}").post("/").then().statusCode(200)
                .body("store.summary", equalTo("no summary")).body("path.attempts", contains(3));
    }
}
