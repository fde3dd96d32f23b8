package dev.pocketflow.functions.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.lambda.FunctionSpec;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.functions.agent.standin.TavilyStandIn;
import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.http.LoopbackServer;
import io.restassured.path.json.JsonPath;

/** The executables of supervisor and agent as two functions, and the supervisor with the agent nested in it. */
class SupervisorLambdaIT {

    private static final String QUESTION = "{\"question\":\"How long may an AWS Lambda function run?\"}";
    private static final Path SUPERVISOR = Path.of(System.getProperty("native.image.path"));
    private static final BlockingQueue<InvocationAttempt> HOPS = new LinkedBlockingQueue<>();
    private static ScriptedModel model;
    private static LoopbackServer search;
    private static LocalLambda lambda;

    @BeforeAll
    static void start() throws Exception {
        model = ScriptedModel.fromYaml(resource("/model-script.yaml")).start();
        search = LoopbackServer.start(0, "search", new TavilyStandIn().handler(resource("/search-pages.json")));
        Path agent = Path.of(SUPERVISOR.toString().replace("supervisor", "agent"));
        lambda = LocalLambda.builder().onAttempt(HOPS::add)
                .function("supervisor", spec -> function(spec.command(SUPERVISOR)))
                .function("nested", spec -> function(spec.command(SUPERVISOR)).env("QUARKUS_POCKETFLOW_REMOTE_AGENT", "nested"))
                .function("agent", spec -> function(spec.command(agent)))
                .start();
    }

    private static String resource(String name) throws Exception {
        return new String(SupervisorLambdaIT.class.getResourceAsStream(name).readAllBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Sets the time limit of the agent's template: with a shorter one it would hand over before the answer, which may take a
     * minute.
     */
    private static FunctionSpec function(FunctionSpec spec) {
        return spec.timeout(Duration.ofMinutes(5)).initTimeout(Duration.ofSeconds(60))
                .env("QUARKUS_POCKETFLOW_HAND_OVER", "lambda").env("QUARKUS_POCKETFLOW_ANSWER_PATH", "true")
                .env("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", System.getenv("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST"))
                .env("QUARKUS_LANGCHAIN4J_OPENAI_API_KEY", "none").env("QUARKUS_LANGCHAIN4J_OPENAI_BASE_URL", model.baseUrl())
                .env("TAVILY_API_KEY", "none").env("TAVILY_BASE_URL", "http://" + search.authority());
    }

    @AfterAll
    static void stop() {
        lambda.close();
        search.close();
        model.close();
    }

    @Test
    void runMovesToTheAgentsFunction_andReturns() throws Exception {
        assumeTrue(Files.exists(Path.of(SUPERVISOR.toString().replace("supervisor", "agent"))),
                "there is no executable of functions/agent: build both, -pl functions/agent,functions/supervisor");
        HOPS.clear();

        lambda.invokeAsync("supervisor", QUESTION);
        List<InvocationAttempt> hops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hops.add(HOPS.poll(60, TimeUnit.SECONDS));
        }

        assertThat(hops).extracting(InvocationAttempt::function).containsExactly("supervisor", "agent", "supervisor");
        assertThat(hops).extracting(InvocationAttempt::outcome).containsOnly(InvocationAttempt.OK);
        checkAnswer(JsonPath.from(hops.get(2).payload()));
    }

    @Test
    void agentRunsInTheSupervisor_whenItIsNested() {
        checkAnswer(JsonPath.from(lambda.invoke("nested", QUESTION).payload()));
    }

    private static void checkAnswer(JsonPath outcome) {
        assertThat(outcome.getString("action")).isEqualTo("accepted");
        assertThat(outcome.getString("store.answer")).contains("15 minutes");
        assertThat(outcome.getList("path.node")).containsExactly("decide", "search", "decide", "answer", "check");
    }
}
