package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** A refused run is parked, so that it is not lost. */
class RefusedParkTest {

    private static final Path PARKED = Path.of("target/refused").toAbsolutePath();

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.flow", "count")
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller")
            .overrideConfigKey("quarkus.pocketflow.budget.steps", "1")
            .overrideConfigKey("quarkus.pocketflow.envelope.expires", "1s")
            .overrideConfigKey("quarkus.pocketflow.park", "directory")
            .overrideConfigKey("quarkus.pocketflow.park.directory", PARKED.toString());

    private static Response send(Object body) {
        return given().config(TestApplication.EXACT).contentType("application/json").body(body).post("/");
    }

    @Test
    void expiredEnvelope_isParkedUnchanged() throws Exception {
        Response left = send(CountingFlow.EVENT);
        left.then().statusCode(202);

        Response refused = send(left.path("envelope"));
        while (refused.statusCode() == 202) {
            refused = send(left.path("envelope"));
        }
        refused.then().statusCode(410).body("title", equalTo("EXPIRED"));

        assertThat(Files.readString(PARKED.resolve(left.path("run") + ".1.json"))).contains("\"seal\"", "\"nonce\":\""
                + left.path("envelope.nonce") + "\"");
    }
}
