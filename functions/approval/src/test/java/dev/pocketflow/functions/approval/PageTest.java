package dev.pocketflow.functions.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;

import dev.pocketflow.functions.approval.Mailboxes.Received;
import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** A person's decisions, in Chromium; by default without JavaScript. */
@QuarkusTest
@WithTestResource(Smtp.class)
class PageTest {

    private static final String TO = ApprovalTest.TO;
    private static Chromium chromium;

    Mailboxes mailboxes;
    private ScriptedModel model;
    private Page page;

    @BeforeAll
    static void startChromium() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        model = model();
        model.reset();
        mailboxes.reset();
        page = chromium.page(false);
    }

    @AfterEach
    void end() {
        page.context().close();
    }

    ScriptedModel model() {
        return ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
    }

    @Test
    void letterIsSentAsItWas_whenApproved() {
        ApprovalTest.ask(TO);
        assertThat(open(mailboxes.token()).status()).isEqualTo(200);
        assertThat(page.title()).isEqualTo("A letter to approve");
        assertThat(page.getByLabel("Subject").inputValue()).isEqualTo("About: tea on Friday");
        assertThat(page.getByLabel("Text").inputValue()).startsWith("Dear " + TO + ",\n\ntea on Friday\n\n");
        assertThat(page.locator("main").innerText()).contains("It is for " + TO + " and waits until");

        assertThat(press("Approve and send").status()).isEqualTo(200);

        assertThat(page.getByRole(AriaRole.STATUS).innerText()).isEqualTo("The letter was sent as it was.");
        assertThat(mailboxes.of(TO)).extracting(Received::subject).containsExactly("About: tea on Friday");
        assertThat(mailboxes.of(TO).get(0).text()).contains("With kind regards\nthe stand-in model");
    }

    @Test
    void letterIsSentWithTheChanges_whenEdited() {
        ApprovalTest.ask(TO);
        open(mailboxes.token());
        page.getByLabel("Subject").fill("Tea?");
        page.getByLabel("Text").fill("Dear Bo,\n\nFriday, at 5 o’clock: “tea” & cake <3");

        assertThat(press("Approve and send").status()).isEqualTo(200);

        assertThat(page.getByRole(AriaRole.STATUS).innerText()).isEqualTo("The letter was sent with your changes.");
        assertThat(mailboxes.of(TO)).extracting(Received::subject).containsExactly("Tea?");
        assertThat(mailboxes.of(TO).get(0).text()).isEqualTo("Dear Bo,\n\nFriday, at 5 o’clock: “tea” & cake <3");
    }

    @Test
    void nothingIsSent_whenRejected_evenIfTheTextWasDeleted() {
        ApprovalTest.ask(TO);
        open(mailboxes.token());
        page.getByLabel("Text").fill("");

        assertThat(press("Reject").status()).isEqualTo(200);

        assertThat(page.getByRole(AriaRole.STATUS).innerText()).isEqualTo("The letter was not sent.");
        assertThat(mailboxes.of(TO)).isEmpty();
    }

    @Test
    void personIsToldAndNothingMoreIsSent_whenTheLinkWasUsed() {
        ApprovalTest.ask(TO);
        open(mailboxes.token());
        press("Approve and send");
        open(mailboxes.token());

        assertThat(press("Approve and send").status()).isEqualTo(409);

        assertThat(page.title()).isEqualTo("Already decided");
        assertThat(mailboxes.of(TO)).hasSize(1);
    }

    @Test
    void pageRefuses_andShowsNothing_whenTheLinkIsForged() {
        ApprovalTest.ask(TO);
        String envelope = new String(Base64.getUrlDecoder().decode(mailboxes.token()), StandardCharsets.UTF_8);
        String forged = envelope.replace(TO, "eve@clients.example");
        assertThat(forged).isNotEqualTo(envelope);

        for (String token : new String[] { base64(forged), base64(envelope.replaceAll(",\"seal\":\"[^\"]*\"", "")) }) {
            assertThat(open(token).status()).isEqualTo(403);
            assertThat(page.title()).isEqualTo("This link is not valid");
            assertThat(page.content()).doesNotContain("tea", "eve@", "Exception");
            given().formParam("token", token).formParam("decision", "reject").post("/approve").then().statusCode(403)
                    .body(containsString("<title>This link is not valid</title>"));
        }
    }

    @Test
    void pageRefuses_anInvalidLink() {
        for (String link : new String[] { "/approve", "/approve?token=", "/approve?token=%3Cscript%3E",
                "/approve?token=e30" }) {
            given().get(link).then().statusCode(403).body(containsString("This link is not valid"),
                    not(containsString("<script>")));
        }
        given().formParam("decision", "approve").post("/approve").then().statusCode(403);
    }

    @Test
    void draftIsShownAsText_withAnyContent() {
        String evil = "\n</textarea><script>document.title='PWNED'</script><img src=x onerror=\"document.title='PWNED'\">{to} & \"";
        model.prepend("- {when: Draft an e-mail, json: {subject: '\"><script>document.title=1</script>', text: "
                + "\"" + evil.replace("\"", "\\\"").replace("\n", "\\n") + "\"}}");
        ApprovalTest.ask("o'b&amp@clients.example");
        page.context().close();
        page = chromium.page(true);

        open(mailboxes.token());

        assertThat(page.getByLabel("Text").inputValue()).isEqualTo(evil);
        assertThat(page.getByLabel("Subject").inputValue()).isEqualTo("\"><script>document.title=1</script>");
        assertThat(page.locator("strong").innerText()).isEqualTo("o'b&amp@clients.example");
        assertThat(page.locator("script, img, b").count()).isZero();
        assertThat(page.title()).isEqualTo("A letter to approve");
    }

    @Test
    void hiddenCharactersOfTheDraft_areShown() {
        model.prepend(
                "- {when: Draft an e-mail, json: {subject: \"Tea\\u202e!\", text: \"one\\u2028two\\u200b\\u202ethree\"}}");
        ApprovalTest.ask(TO);

        open(mailboxes.token());

        assertThat(page.getByLabel("Subject").inputValue()).isEqualTo("Tea\\u202e!");
        assertThat(page.getByLabel("Text").inputValue()).isEqualTo("one\ntwo\\u200b\\u202ethree");
        assertThat(page.content().codePoints()).noneMatch(point -> Character.getType(point) == Character.FORMAT);
        assertThat(press("Approve and send").status()).isEqualTo(200);
        assertThat(page.getByRole(AriaRole.STATUS).innerText()).isEqualTo("The letter was sent as it was.");
    }

    @Test
    void letterIsNotSent_whenItIsTooLong() {
        ApprovalTest.ask(TO);
        given().formParam("token", mailboxes.token()).formParam("decision", "approve").formParam("subject", "x".repeat(201))
                .formParam("text", "tea").post("/approve").then().statusCode(400).body(containsString("Not sent"));
        given().formParam("token", mailboxes.token()).formParam("decision", "approve").formParam("subject", "Tea")
                .formParam("text", "x".repeat(50_001)).post("/approve").then().statusCode(400).body(containsString("Not sent"));
        assertThat(mailboxes.of(TO)).isEmpty();
    }

    @Test
    void tokenStaysWithThePerson() {
        ApprovalTest.ask(TO);
        given().queryParam("token", mailboxes.token()).get("/approve").then().statusCode(200)
                .header("Referrer-Policy", "no-referrer").header("Cache-Control", "no-store")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(not(containsString("http://")), not(containsString("https://")));
    }

    @Test
    void letterIsNotSent_whenItHasNoText() {
        ApprovalTest.ask(TO);
        for (String text : new String[] { "", " \n" }) {
            given().formParam("token", mailboxes.token()).formParam("decision", "approve").formParam("subject", "Tea")
                    .formParam("text", text).post("/approve").then().statusCode(400).body(containsString("Not sent"));
        }
        given().formParam("token", mailboxes.token()).formParam("decision", "shred").post("/approve").then().statusCode(409)
                .body(containsString("does not wait for that decision"));
        given().formParam("token", mailboxes.token()).post("/approve").then().statusCode(409);
        assertThat(mailboxes.of(TO)).isEmpty();
    }

    @Test
    void personIsTold_whenTheLetterCannotBeSent() {
        ApprovalTest.ask(TO);
        open(mailboxes.token());
        mailboxes.refuse(4);

        assertThat(press("Approve and send").status()).isEqualTo(500);

        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("could not be sent");
        assertThat(page.content()).doesNotContain("Exception");
    }

    private Response open(String token) {
        return page.navigate("http://localhost:" + RestAssured.port + "/approve?token=" + token);
    }

    private Response press(String button) {
        return page.waitForResponse(response -> response.request().isNavigationRequest(),
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
