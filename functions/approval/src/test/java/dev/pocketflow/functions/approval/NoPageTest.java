package dev.pocketflow.functions.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.pocketflow.functions.approval.Mailboxes.Received;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The function without a page that the person's browser can reach, as on Lambda. */
@QuarkusTest
@WithTestResource(value = Smtp.class, initArgs = @ResourceArg(name = "page", value = ""))
class NoPageTest {

    Mailboxes mailboxes;

    @Test
    void mailHasTheEventsToSend_withoutAPage() throws Exception {
        for (String decision : List.of("approve", "edit", "reject")) {
            mailboxes.reset();
            ApprovalTest.ask(ApprovalTest.TO);
            String mail = mailboxes.of(Smtp.REVIEWER).get(0).text();
            assertThat(mail).doesNotContain("/approve?");
            String event = mail.lines().filter(line -> line.contains("\"" + decision + "\"") && line.startsWith("{"))
                    .findFirst()
                    .orElseThrow();

            given().contentType("application/json").body(event).post("/").then().statusCode(200)
                    .body("status", equalTo("completed"));

            assertThat(mailboxes.of(ApprovalTest.TO)).extracting(Received::text).hasSize(decision.equals("reject") ? 0 : 1)
                    .allMatch(text -> text.equals("…") == decision.equals("edit"));
        }
    }
}
