package dev.pocketflow.quarkus.deployment.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;

import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.ValidatableResponse;

/** The check of an input before the first step. */
class InputContractTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.APP;

    private static ValidatableResponse post(String input) {
        return given().contentType("application/json").body(input).post("/").then();
    }

    @Test
    void inputOfTheContract_isAccepted_withItsDefaults() {
        post(ContractApplication.ORDER).statusCode(200).body("status", equalTo("completed"))
                .body("store.pieces", equalTo(2)).body("store.boxes", equalTo(1));
    }

    @Test
    void everyFault_isNamed_andNoStepRuns() {
        int before = ContractApplication.Ship.RUNS.get();

        List<Map<String, String>> errors = post("""
                {"lines":[{"article":"tea","count":"secret"},{"article":7,"cuont":1}],"boxes":null,"extra/one":1}""")
                .statusCode(400).contentType("application/problem+json").body("title", equalTo("Bad Request"))
                .body("detail", startsWith("the input of flow 'ship' is refused: lines/0/count is a text, where a whole number "
                        + "is expected; "))
                .body(not(Matchers.containsString("secret"))).extract().path("errors");

        assertThat(errors).containsExactly(
                Map.of("pointer", "#/lines/0/count", "detail", "is a text, where a whole number is expected"),
                Map.of("pointer", "#/lines/1/count", "detail", "is missing, where a whole number is expected"),
                Map.of("pointer", "#/lines/1/article", "detail", "is a number, where a text is expected"),
                Map.of("pointer", "#/lines/1/cuont", "detail", "is unknown: the members are [article, count]"),
                Map.of("pointer", "#/due", "detail", "is missing, where a text of the format date is expected"),
                Map.of("pointer", "#/boxes", "detail", "is null, where a whole number is expected"),
                Map.of("pointer", "#/extra~1one", "detail",
                        "is unknown: the flow takes [lines, due, boxes, card, note]"));
        assertThat(ContractApplication.Ship.RUNS).hasValue(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"lines":{},"due":"2026-12-24"}                | #/lines   | is an object, where a list is expected
            {"lines":[null],"due":"2026-12-24"}            | #/lines/0 | is null, where an object is expected
            {"lines":[],"due":"2026-13-24"}                | #/due     | is a text, where a text of the format date is expected
            {"lines":[],"due":[2026,12,24]}                | #/due     | is a list, where a text of the format date is expected
            {"lines":[],"due":"2026-12-24","boxes":1.5}    | #/boxes   | has a fraction, where a whole number is expected
            {"lines":[],"due":"2026-12-24","boxes":1e10}   | #/boxes   | is not between -2147483648 and 2147483647
            {"lines":[],"due":"2026-12-24","boxes":"1"}    | #/boxes   | is a text, where a whole number is expected
            {"lines":[],"due":"2026-12-24","card":1234}    | #/card    | is a number, where a text is expected
            {"lines":[],"due":"2026-12-24","note":false}   | #/note    | is true or false, where a text is expected
            """)
    void mistypedValue_isRefused(String input, String pointer, String detail) {
        post(input).statusCode(400).body("errors", equalTo(List.of(Map.of("pointer", pointer, "detail", detail))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"note\":null", "\"note\":\"fragile\"", "\"boxes\":2.0", "\"card\":\"1234\"" })
    void optionalMember_isAccepted(String member) {
        post("{\"lines\":[{\"article\":\"tea\",\"count\":2}],\"due\":\"2026-12-24\"," + member + "}").statusCode(200);
    }

    /** A client may correct its input and keep the key: a refused input began nothing. */
    @Test
    void refusedInput_leavesItsIdempotencyKeyFree() {
        given().contentType("application/json").header("Idempotency-Key", "k1").body("{}").post("/").then().statusCode(400);
        given().contentType("application/json").header("Idempotency-Key", "k1").body(ContractApplication.ORDER).post("/").then()
                .statusCode(200);
    }

    @Test
    void stream_isRefusedBeforeItBegins() {
        given().contentType("application/json").accept("text/event-stream").body("{}").post("/").then().statusCode(400)
                .contentType("application/problem+json").body("errors.size()", equalTo(2));
    }
}
