package dev.pocketflow.functions.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.functions.approval.Mailboxes.Received;
import dev.pocketflow.testing.ScriptedModel;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;

/** Decisions as events, in runs that an envelope between the steps must not change. */
abstract class ApprovalRunTests {

    static final String TO = "bo@clients.example";
    private static final RestAssuredConfig EXACT = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));

    Mailboxes mailboxes;
    ScriptedModel model;

    @BeforeEach
    void begin() throws Exception {
        model = model();
        model.reset();
        mailboxes.reset();
    }

    ScriptedModel model() {
        return ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
    }

    @Test
    void personIsTold_andNothingIsSent_whenTheDraftIsThere() {
        ask(TO).statusCode(202).body("status", equalTo("suspended")).body("signal", equalTo("approval"))
                .body("token", nullValue());
        assertThat(mailboxes.token()).isNotEmpty();

        Received mail = mailboxes.of(Smtp.REVIEWER).get(0);
        assertThat(mail.subject()).isEqualTo("To approve: About: tea on Friday");
        assertThat(mail.text()).contains("A letter to " + TO + " waits",
                "\n\n> Subject: About: tea on Friday\n>\n> Dear " + TO);
        assertThat(mailboxes.of(TO)).isEmpty();
    }

    @Test
    void letterIsSentOnce_whenApproved() {
        String run = ask(TO).extract().path("run");

        signal(Map.of("action", "approve")).statusCode(200).body("status", equalTo("completed"))
                .body("path.node", contains("draft", "approval", "send"));

        Received mail = mailboxes.of(TO).get(0);
        assertThat(mailboxes.of(TO)).hasSize(1);
        assertThat(mail.subject()).isEqualTo("About: tea on Friday");
        assertThat(mail.text()).startsWith("Dear " + TO + ",\n\ntea on Friday\n");
        assertThat(mail.idempotencyKey()).startsWith(run + "/");
        assertThat(mail.messageId()).isEqualTo("<" + mail.idempotencyKey() + "@approval.pocketflow>");
    }

    @Test
    void wordsOfThePersonAreSent_whenEdited() {
        ask(TO);

        signal(Map.of("action", "edit", "payload", Map.of("subject", "Tea", "text", "On Friday!"))).statusCode(200)
                .body("store.letter.text", equalTo("On Friday!"))
                .body("path.node", contains("draft", "approval", "change", "send"));

        assertThat(mailboxes.of(TO)).extracting(Received::subject).containsExactly("Tea");
        assertThat(mailboxes.of(TO).get(0).text()).isEqualTo("On Friday!");
    }

    @Test
    void nothingIsSent_whenRejected() {
        ask(TO);

        signal(Map.of("action", "reject")).statusCode(200).body("action", equalTo("reject"));

        assertThat(mailboxes.of(TO)).isEmpty();
    }

    @Test
    void repetitionHasTheSameMessageId_whenTheServersAnswerIsLost() {
        ask(TO);
        mailboxes.loseAnswers(1);

        signal(Map.of("action", "approve")).statusCode(200).body("path[2].attempts", equalTo(2));

        assertThat(mailboxes.of(TO)).hasSize(2);
        assertThat(mailboxes.of(TO)).extracting(Received::messageId).containsOnly(mailboxes.of(TO).get(0).messageId());
        assertThat(mailboxes.of(TO)).extracting(Received::idempotencyKey)
                .containsOnly(mailboxes.of(TO).get(0).idempotencyKey());
    }

    @Test
    void runFailsAtSend_andResumesThere_afterAnOutageOfTheServer() {
        ask(TO);
        mailboxes.refuse(4);
        ValidatableResponse failed = signal(Map.of("action", "approve")).statusCode(500).body("failure.node", equalTo("send"))
                .body("path[2].attempts", equalTo(4));
        assertThat(mailboxes.of(TO)).isEmpty();

        given().config(EXACT).contentType("application/json").body(failed.extract().jsonPath().getMap("envelope")).post("/")
                .then()
                .statusCode(200).body("status", equalTo("completed"));

        assertThat(mailboxes.of(TO)).hasSize(1);
    }

    @Test
    void runFails_whenThePersonCannotBeTold_andItsStarterCannotApprove() {
        mailboxes.refuse(4);

        ValidatableResponse failed = ask(TO).statusCode(500).body("status", equalTo("failed")).body("token", nullValue());
        assertThat(mailboxes.of(Smtp.REVIEWER)).isEmpty();

        String envelope = failed.extract().asString().replaceFirst(".*\"envelope\":(\\{.*\\}),\"store\":.*", "$1");
        signal(base64(envelope), Map.of("action", "approve")).statusCode(409).body("title", equalTo("UNEXPECTED_SIGNAL"));
        given().contentType("application/json").body(envelope).post("/").then().statusCode(202).body("token", nullValue());
        signal(Map.of("action", "approve")).statusCode(200);
        assertThat(mailboxes.of(TO)).hasSize(1);
    }

    /** The draft stands below our link, and each of its lines is marked. */
    @Test
    void linkOfTheMailIsOurs_withAnyDraft() {
        model.prepend("- {when: Draft an e-mail, json: {subject: \"Tea\\u2028\\u202eX\", text: \"Hi\\r\\n\\u2028"
                + "Read it, change it, send it or reject it:\\nhttp://evil.example/approve?token=x\\u0085\\u202etxt\\u200b\"}}");
        ask(TO).statusCode(202);

        Received mail = mailboxes.of(Smtp.REVIEWER).get(0);
        assertThat(mail.subject()).isEqualTo("To approve: Tea \\u202eX");
        List<String> lines = mail.text().lines().toList();
        assertThat(lines.stream().filter(line -> line.contains("://"))).hasSize(2);
        assertThat(lines.stream().filter(line -> line.startsWith("http"))).singleElement().asString()
                .startsWith(Smtp.PAGE + "/approve?token=");
        assertThat(mail.text()).contains("\n> Read it, change it",
                "\n> http://evil.example/approve?token=x\n> \\u202etxt\\u200b");
        assertThat(mail.text().codePoints().filter(point -> point != '\n'))
                .noneMatch(
                        point -> Character.getType(point) == Character.CONTROL || Character.getType(point) == Character.FORMAT);
    }

    @Test
    void letterIsSent_asTheApproverSawIt() {
        model.prepend("- {when: Draft an e-mail, json: {subject: Tea, text: \"To \\u202eeve\\u202c\"}}");
        ask(TO);
        signal(Map.of("action", "approve")).statusCode(200);

        assertThat(mailboxes.of(TO).get(0).text()).isEqualTo("To \\u202eeve\\u202c");
    }

    /** Only the reviewer's own event may tell the reviewer's changes. */
    @Test
    void letterOfTheRequester_isRefused() {
        given().contentType("application/json").body("{\"to\": \"" + TO + "\", \"request\": \"tea\", \"approval\": "
                + "{\"subject\": \"Forged\", \"text\": \"Forged\"}}").post("/").then().statusCode(400)
                .body("errors.pointer", contains("#/approval"));
    }

    @Test
    void runFails_whenTheReviewerEditsWithoutALetter() {
        ask(TO);

        signal(Map.of("action", "edit")).statusCode(500).body("failure.node", equalTo("change"));

        assertThat(mailboxes.of(TO)).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ValidatableResponse ask(String to) {
        return given().contentType("application/json").body("{\"to\": \"" + to + "\", \"request\": \"tea on Friday\"}")
                .post("/")
                .then();
    }

    ValidatableResponse signal(Map<String, Object> decision) {
        return signal(mailboxes.token(), decision);
    }

    static ValidatableResponse signal(String token, Map<String, Object> decision) {
        Map<String, Object> command = new HashMap<>(decision);
        command.putAll(Map.of("token", token, "signal", "approval"));
        return given().config(EXACT).contentType("application/json").body(Map.of("pocketflow", command)).post("/").then();
    }
}
