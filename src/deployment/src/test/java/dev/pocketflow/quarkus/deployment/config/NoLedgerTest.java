package dev.pocketflow.quarkus.deployment.config;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import io.quarkus.test.QuarkusUnitTest;

class NoLedgerTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, Flows.class, ConfiguredLedger.class)
            .overrideConfigKey("quarkus.pocketflow.ledger", "none");

    static class Flows {
        @Produces
        Flow say(SayNode say) {
            return Flow.named("say").node("say", say).build();
        }
    }

    @Inject
    ConfiguredLedger ledgers;

    private static String run(String body, String key) {
        return given().contentType("application/json").header("Idempotency-Key", key).body(body).post("/").then()
                .statusCode(200).extract().path("run");
    }

    @Test
    void ledgerIsNone_whenConfigured() throws Throwable {
        assertThat(ledgers.ledger()).isSameAs(Ledger.NONE);
    }

    /** Nothing remembers the first event of a key, so another event must have other keys for the services that it asks. */
    @Test
    void runIsTheKeyAndTheEvent() {
        String run = run("{\"name\":\"Ada\",\"order\":1}", "order 7");

        assertThat(run("{\"order\":1, \"name\":\"Ada\"}", "order 7")).isEqualTo(run);
        assertThat(run("{\"name\":\"Ada\",\"order\":2}", "order 7")).isNotEqualTo(run);
        assertThat(run("{\"name\":\"Ada\",\"order\":1}", "order 8")).isNotEqualTo(run);
    }
}
