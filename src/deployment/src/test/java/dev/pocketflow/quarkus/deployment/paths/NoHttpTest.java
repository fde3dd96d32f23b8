package dev.pocketflow.quarkus.deployment.paths;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application that leaves HTTP to its own endpoints. No flow has to be the function. */
class NoHttpTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Own.class, SayNode.class, Application.class)
            .overrideConfigKey("quarkus.pocketflow.http.enabled", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("dev.pocketflow.config"))
            .assertLogRecords(records -> assertThat(records).map(new PatternFormatter("%s")::format)
                    .containsExactly(
                            "no event reaches this application, so only Flows starts runs. For events add quarkus-rest "
                                    + "(HTTP) or quarkus-amazon-lambda, or set quarkus.pocketflow.http.enabled=true"));

    static class Application {
        @Produces
        Flow one(SayNode say) {
            return Flow.named("one").node("say", say).build();
        }

        @Produces
        Flow strict(SayNode say) {
            return Flow.named("strict").takes(Key.of("a", Integer.class)).node("say", say).build();
        }

        @Produces
        Flow two(SayNode say) {
            return Flow.named("two").node("say", say).build();
        }
    }

    @Path("/")
    public static class Own {
        @Inject
        Flows flows;

        @POST
        public String post() {
            return ((RunResult.Completed) flows.start("two", Map.of("a", 1))).store().asMap().toString();
        }

        @POST
        @Path("strict")
        public String strict() {
            return flows.start("strict", Map.of("a", "1")).run();
        }
    }

    /** The application's endpoint answers as the function would. */
    @Test
    void refusedInputOfOwnEndpoint_isABadRequest() {
        given().contentType("application/json").body("{}").post("/strict").then().statusCode(400)
                .contentType("application/problem+json").body("errors.pointer", equalTo(List.of("#/a")));
    }

    @Test
    void ownEndpoint_isTheOnlyOne() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200).body(equalTo("{a=1, said=true}"));
        given().get("/flow").then().statusCode(404);
    }
}
