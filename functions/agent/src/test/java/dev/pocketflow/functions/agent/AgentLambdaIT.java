package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.quarkus.LocalLambdaResource;
import dev.pocketflow.cloud.url.FunctionUrl;
import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.common.DevServicesContext;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;

@QuarkusIntegrationTest
@WithTestResource(Impatient.class)
@WithTestResource(value = LocalLambdaResource.class, initArgs = @ResourceArg(name = "function", value = "agent"))
class AgentLambdaIT {

    private static final String QUESTION = "{\"question\":\"How long may an AWS Lambda function run?\"}";

    LocalLambda lambda;
    DevServicesContext devServices;
    private ScriptedModel model;

    @BeforeEach
    void resetTheModel() {
        model = ScriptedModel.at(devServices.devServicesProperties().get("quarkus.langchain4j.openai.base-url"));
        model.reset();
    }

    @Test
    void outcomeIsTheResponse_forAnEvent() {
        InvokeResult result = lambda.invoke("agent", QUESTION);
        assertThat(result.functionError()).isNull();
        JsonPath outcome = JsonPath.from(result.payload());
        assertThat(outcome.getString("status")).isEqualTo("completed");
        assertThat(outcome.getString("store.answer")).contains("15 minutes");
        assertThat(outcome.getList("path.node")).containsExactly("decide", "search", "decide", "answer");
    }

    @Test
    void requestToItsUrl_isAnsweredByHttp() {
        try (FunctionUrl url = FunctionUrl.open(lambda, "agent", 0)) {
            given().baseUri(url.uri().toString()).contentType("application/json").body(QUESTION).post("/").then()
                    .statusCode(200)
                    .contentType("application/json").body("store.answer", containsString("15 minutes"));
            given().baseUri(url.uri().toString()).contentType("application/json").body("{}").post("/").then().statusCode(400)
                    .contentType("application/problem+json").body("errors.pointer", contains("#/question"));
            given().baseUri(url.uri().toString()).accept("application/schema+json").get("/flow").then().statusCode(200)
                    .body("'$defs'.input.required", contains("question"));
            given().baseUri(url.uri().toString()).get("/").then().statusCode(405);
        }
    }

    @Test
    void outcomeIsTheResponse_forACloudEvent() {
        InvokeResult result = lambda.invoke("agent", """
                {"specversion":"1.0","id":"1","source":"/test","type":"question","data":%s}""".formatted(QUESTION));
        assertThat(result.functionError()).isNull();
        assertThat(JsonPath.from(result.payload()).getString("status")).isEqualTo("completed");
    }

    @Test
    void errorNamesTheNodeAndNothingOfTheStore_whenTheRunFails() {
        model.prepend("- {when: Answer the question, error: {status: 500, message: SECRET}}");
        InvokeResult result = lambda.invoke("agent", QUESTION);
        assertThat(result.functionError()).isEqualTo("Unhandled");
        JsonPath error = JsonPath.from(result.payload());
        assertThat(error.getString("errorType")).isEqualTo("dev.pocketflow.quarkus.RunFailed");
        assertThat(error.getString("errorMessage")).contains("flow 'agent', node 'answer': exec failed")
                .doesNotContain("SECRET", "AWS Lambda");
    }

    @Test
    void errorNamesTheFault_forABadEvent() {
        for (String event : new String[] { "[]", "\"x\"", "1" }) {
            InvokeResult result = lambda.invoke("agent", event);
            assertThat(result.functionError()).isEqualTo("Unhandled");
            JsonPath error = JsonPath.from(result.payload());
            assertThat(error.getString("errorType")).isEqualTo("dev.pocketflow.quarkus.BadEvent");
            assertThat(error.getString("errorMessage")).contains("not a JSON object");
        }
        assertThat(lambda.invoke("agent", QUESTION).functionError()).isNull();
    }

    @Test
    void zipIsWhatLambdaStarts(@TempDir Path folder) throws Exception {
        Path bootstrap = folder.resolve("bootstrap");
        try (FileSystem zip = FileSystems.newFileSystem(Path.of("target", "function.zip"))) {
            Files.copy(zip.getPath("bootstrap"), bootstrap);
        }
        assertThat(bootstrap.toFile().setExecutable(true)).isTrue();
        Map<String, String> standIns = devServices.devServicesProperties();
        try (LocalLambda cold = LocalLambda.builder().function("agent", function -> function.command(bootstrap)
                .timeout(Duration.ofSeconds(30))
                .env("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST", System.getenv("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST"))
                .env("QUARKUS_LANGCHAIN4J_OPENAI_API_KEY", "stand-in")
                .env("QUARKUS_LANGCHAIN4J_OPENAI_BASE_URL", standIns.get("quarkus.langchain4j.openai.base-url"))
                .env("TAVILY_API_KEY", "stand-in")
                .env("TAVILY_BASE_URL", standIns.get("tavily.base-url"))).start()) {
            InvokeResult result = cold.invoke("agent", QUESTION);
            assertThat(result.functionError()).isNull();
            assertThat(JsonPath.from(result.payload()).getString("store.answer")).contains("15 minutes");
            assertThat(result.init()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void runCompletes_whenInvokedAsynchronously() throws Exception {
        InvokeResult result = lambda.invokeAsync("agent", QUESTION).completion().get(30, TimeUnit.SECONDS);
        assertThat(result.functionError()).isNull();
        assertThat(lambda.deadLetters()).isEmpty();
    }
}
