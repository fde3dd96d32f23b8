package dev.pocketflow.quarkus.deployment.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** The keys for input and answer. */
class ConfiguredContractTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(ContractApplication.class, ContractApplication.Line.class, ContractApplication.Ship.class,
                    ContractApplication.Flows.class, AnswerContentTest.class, InputContractTest.class, SchemaTest.class,
                    Own.class)
            .overrideConfigKey("quarkus.pocketflow.input.unknown", "ignore")
            .overrideConfigKey("quarkus.pocketflow.answer.store", "all");

    @Path("/flows/mine")
    public static class Own {
        @POST
        public String post() {
            return "mine";
        }
    }

    /** A caller that could set a key of the flow's own would change how it runs. */
    @Test
    void unknownMembers_areDropped_andNeverReachTheStore() {
        Map<String, Object> store = given().contentType("application/json")
                .body("{\"lines\":[{\"article\":\"tea\",\"count\":2,\"colour\":\"red\"}],\"due\":\"2026-12-24\",\"other\":7}")
                .post("/")
                .then().statusCode(200).body("path.node", equalTo(List.of("ship"))).extract().path("store");

        assertThat(store).containsOnlyKeys("lines", "due", "boxes", "card", "pieces", "internal")
                .containsEntry("lines", List.of(Map.of("article", "tea", "count", 2)));
    }

    /** The function serves one flow only, so this path is the application's. */
    @Test
    void pathOfAnotherFlow_isNotTheFunctions() {
        given().contentType("text/plain").body("a").post("/flows/mine").then().statusCode(200).body(equalTo("mine"));
    }

    @Test
    void schema_saysThatOtherMembersAreAccepted() {
        given().accept("application/schema+json").get("/flow").then().statusCode(200)
                .body("'$defs'.input.additionalProperties", equalTo(null))
                .body("'$defs'.input.'$defs'.Line.additionalProperties", equalTo(null));
    }
}
