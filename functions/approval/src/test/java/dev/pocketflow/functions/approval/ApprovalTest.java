package dev.pocketflow.functions.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.functions.approval.Mailboxes.Received;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Decisions as events. PageTest tests the page. */
@QuarkusTest
@WithTestResource(Smtp.class)
class ApprovalTest extends ApprovalRunTests {

    @Test
    void secondDecisionIsRefused_andNothingMoreIsSent() {
        ask(TO);
        signal(Map.of("action", "approve")).statusCode(200);

        signal(Map.of("action", "approve")).statusCode(409).body("title", equalTo("USED"));

        assertThat(mailboxes.of(TO)).hasSize(1);
    }

    @Test
    void unknownDecision_isRefused() {
        ask(TO);

        signal(Map.of("action", "shred")).statusCode(409).body("title", equalTo("UNEXPECTED_SIGNAL"));
        signal(Map.of("action", "expired")).statusCode(409).body("title", equalTo("UNEXPECTED_SIGNAL"));

        signal(Map.of("action", "approve")).statusCode(200);
    }

    @Test
    void personIsTold_atTheThirdAttempt() throws Exception {
        // each attempt is a connection: one in ten hung when Vert.x's threads did not send the mails
        for (int i = 0; i < 10; i++) {
            mailboxes.reset();
            mailboxes.refuse(2);

            ask(TO).statusCode(202);

            assertThat(mailboxes.of(Smtp.REVIEWER)).hasSize(1);
        }
    }

    @Test
    void letterHasOneSubject_withAnyTextOfTheModel() {
        model.prepend("- {when: Draft an e-mail, json: {subject: \"Tea\\r\\nBcc: eve@clients.example\\nX: y\", text: Friday}}");
        ask(TO);
        signal(Map.of("action", "approve")).statusCode(200);

        assertThat(mailboxes.of("eve@clients.example")).isEmpty();
        assertThat(mailboxes.of(TO)).extracting(Received::subject).containsExactly("Tea Bcc: eve@clients.example X: y");
        assertThat(mailboxes.of(TO).get(0).headers()).noneMatch(header -> header.startsWith("Bcc") || header.startsWith("X:"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "bo@clients.example, eve@clients.example", "bo@clients.example\r\nBcc: eve@clients.example",
            "bo@clients.example\n\nhttp://evil.example/approve?token=x", "\u202eeve@clients.example" })
    void requestIsRefused_beforeAnythingIsSent_whenTheAddressIsNotOne(String address) throws Exception {
        given().contentType("application/json")
                .body(new ObjectMapper().writeValueAsString(Map.of("to", address, "request", "tea"))).post("/").then()
                .statusCode(400).body("errors.pointer", contains("#/to"))
                .body("errors.detail", contains("is a text, but no Address"));
        assertThat(model.requests()).isEmpty();
        assertThat(mailboxes.of(Smtp.REVIEWER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"yes\"", "{\"subject\": \"Tea\"}", "{\"subject\": \"Tea\", \"text\": \" \"}", "[1]" })
    void invalidLetterIsRefused_andTheTokenStaysUsable(String payload) throws Exception {
        ask(TO);

        signal(Map.of("action", "edit", "payload", new ObjectMapper().readValue(payload, Object.class))).statusCode(400)
                .body("detail", containsString("the payload of signal 'approval'"));

        signal(Map.of("action", "approve")).statusCode(200);
    }

    @Test
    void draftIsTriedAgain_whenItHasNoText() {
        model.prepend("- {when: Draft an e-mail, json: {subject: Tea, text: ''}, times: 1}");
        ask(TO).statusCode(202);
        assertThat(mailboxes.of(Smtp.REVIEWER).get(0).subject()).isEqualTo("To approve: About: tea on Friday");
    }

    @Test
    void functionIsReady_withoutARedis() {
        given().get("/q/health/ready").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"request": "tea"}                          | to
            {"to": null, "request": "tea"}              | to
            {"to": "ada@example.com"}                   | request
            {"to": "ada@example.com", "request": null}  | request
            """)
    void inputIsRefused_whenAKeyIsMissing(String input, String key) {
        given().contentType("application/json").body(input).post("/").then().statusCode(400)
                .body("errors.pointer", contains("#/" + key));
        assertThat(model.requests()).isEmpty();
    }
}
