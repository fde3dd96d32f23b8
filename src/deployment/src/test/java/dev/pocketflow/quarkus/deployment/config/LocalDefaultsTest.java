package dev.pocketflow.quarkus.deployment.config;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.config.LedgerConfig.Kind;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/**
 * A function without the AWS SDK and without Quarkus's Redis client. In dev and test its ledger is in memory. The hops of a run
 * follow each other in one process, through sealed envelopes.
 */
class LocalDefaultsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES, ConfiguredLedger.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "count")
            .overrideConfigKey("quarkus.pocketflow.budget.steps", "1")
            .overrideConfigKey("quarkus.pocketflow.round-trip", "every-step")
            .overrideConfigKey("quarkus.pocketflow.ledger.keep", "2h")
            .overrideConfigKey("quarkus.pocketflow.ledger.table", "hops")
            .overrideConfigKey("quarkus.pocketflow.ledger.prefix", "mine:");

    @Inject
    PocketFlowConfig config;
    @Inject
    ConfiguredLedger ledgers;

    @Test
    void ledgerIsInMemory_inTests() throws Throwable {
        assertThat(config.ledger().kind()).contains(Kind.MEMORY);
        assertThat(ledgers.ledger().getClass().getSimpleName()).isEqualTo("MemoryLedger");
    }

    @Test
    void othersAreAsConfigured() {
        assertThat(config.ledger().keep()).isEqualTo(Duration.ofHours(2));
        assertThat(config.ledger().table()).isEqualTo("hops");
        assertThat(config.ledger().prefix()).isEqualTo("mine:");
    }

    @Test
    void failureNamesTheModule_whenTheClientIsMissing() {
        assertThatThrownBy(ledgers::redis).isInstanceOf(IllegalStateException.class)
                .hasMessage("quarkus.pocketflow.ledger=redis needs "
                        + "Quarkus's Redis client. Add io.quarkus:quarkus-redis-client to the function's pom");
    }

    @Test
    void run_isAnsweredWhenItsLastHopEnds() {
        given().contentType("application/json").body("{\"n\":0,\"target\":300,\"password\":\"hunter2\"}").post("/").then()
                .statusCode(200).body("status", equalTo("completed")).body("store.n", equalTo(300))
                .body("store.preps", equalTo(1)).body("store.end.told", equalTo(9));
    }
}
