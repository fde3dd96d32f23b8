package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class SpentUsageTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Spend.class).overrideConfigKey(
            "quarkus.pocketflow.budget.usage.tokens",
            "25");

    static class Spend implements Node<Void, Void> {
        @Override
        public Void exec(Void prepared) {
            Visit.current().use("tokens", 10);
            return null;
        }

        @Produces
        static Flow spend(Spend spend) {
            return Flow.named("spend").node("ask", spend).then("ask").build();
        }
    }

    @Test
    void runAtItsUsageLimit_isStoppedAndParked() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(500)
                .body("failure.message", containsString("because it has used 30 tokens, and may use 25. To resume it, raise "
                        + "quarkus.pocketflow.budget.usage.tokens"))
                .body("usage.tokens", equalTo(30f)).body("path.size()", equalTo(3)).body("envelope.usage.tokens", equalTo(30f));
    }
}
