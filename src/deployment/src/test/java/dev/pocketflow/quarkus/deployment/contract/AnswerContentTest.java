package dev.pocketflow.quarkus.deployment.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.ValidatableResponse;

/** The content of an answer. */
class AnswerContentTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.APP;

    private static ValidatableResponse post(String query, String input) {
        return given().contentType("application/json").body(input).post("/" + query).then();
    }

    @Test
    void answer_hasTheKeysThatTheFlowGives_andNothingElse() {
        Map<String, Object> answer = post("", ContractApplication.ORDER).statusCode(200).extract().path("");

        Map<String, Object> store = new HashMap<>(Map.of("pieces", 2, "boxes", 1));
        store.put("card", null); // secret
        assertThat(answer).containsOnlyKeys("status", "run", "action", "store").containsEntry("store", store);
    }

    @Test
    void answer_hasTheWholeStore_onRequest() {
        Map<String, Object> answer = post("?store=all", ContractApplication.ORDER).statusCode(200).extract().path("");

        assertThat(answer).containsOnlyKeys("status", "run", "action", "store");
        assertThat(answer.get("store")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("lines", "due", "boxes", "card", "pieces", "internal").containsEntry("card", null);
    }

    @Test
    void answer_hasThePath_onRequest() {
        post("?path=true", ContractApplication.ORDER).statusCode(200).body("path.node", equalTo(List.of("ship")))
                .body("store.size()", equalTo(3));
        post("?path=false", ContractApplication.ORDER).statusCode(200).body("path", equalTo(null));
    }

    @Test
    void failedRun_showsNoMoreThanACompletedOne() {
        Map<String, Object> answer = post("", "{\"lines\":[],\"due\":\"2026-12-24\"}").statusCode(500)
                .body("failure.node", equalTo("ship")).extract().path("");

        assertThat(answer).doesNotContainKey("path");
        assertThat(answer.get("store").toString()).doesNotContain("internal", "due");
    }

    @Test
    void stream_endsWithTheSameAnswer() {
        String stream = given().contentType("application/json").accept("text/event-stream").body(ContractApplication.ORDER)
                .post("/").then().statusCode(200).extract().asString();

        assertThat(stream).contains("\"pieces\":2").doesNotContain("internal", "\"path\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?store=none | the query parameter store has a value that is not known. Send store=all, or leave it out
            ?store=     | the query parameter store has a value that is not known. Send store=all, or leave it out
            ?path=yes   | the query parameter path is neither true nor false. Send path=true, or leave it out
            """)
    void otherRequest_isRefused(String query, String detail) {
        post(query, ContractApplication.ORDER).statusCode(400).body("detail", equalTo(detail));
    }
}
