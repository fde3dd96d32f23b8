package dev.pocketflow.functions.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.quarkus.LocalLambdaResource;
import dev.pocketflow.functions.approval.Mailboxes.Received;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;

@QuarkusIntegrationTest
@WithTestResource(value = Smtp.class, initArgs = @ResourceArg(name = "page", value = ""))
@WithTestResource(value = LocalLambdaResource.class, initArgs = @ResourceArg(name = "function", value = "approval"))
class ApprovalLambdaIT {

    LocalLambda lambda;
    Mailboxes mailboxes;

    @Test
    void letterIsSent_whenTheEventInTheMailIsTheNext() throws Exception {
        mailboxes.reset();
        JsonPath suspended = answer("{\"to\": \"" + ApprovalTest.TO + "\", \"request\": \"tea on Friday\"}");
        assertThat(suspended.getString("status")).isEqualTo("suspended");
        String event = mailboxes.of(Smtp.REVIEWER).get(0).text().lines().filter(line -> line.contains("\"approve\""))
                .findFirst()
                .orElseThrow();

        assertThat(answer(event).getList("path.node")).containsExactly("draft", "approval", "send");

        assertThat(mailboxes.of(ApprovalTest.TO)).extracting(Received::subject).containsExactly("About: tea on Friday");
    }

    private JsonPath answer(String event) {
        InvokeResult result = lambda.invoke("approval", event);
        assertThat(result.functionError()).isNull();
        return JsonPath.from(result.payload());
    }
}
