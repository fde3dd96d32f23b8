package dev.pocketflow.functions.writer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.response.Response;

/** The writer under test with the interface of Lambda: a failure is an error with the type that Lambda reports. */
final class WriterByHttp implements StepFunctions.Functions {

    /** The settings of the state machine in infra/aws/template.yaml, with smaller steps. */
    public static class ByCaller implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.pocketflow.hand-over", "caller", "quarkus.pocketflow.envelope.limit", "253952",
                    "quarkus.pocketflow.budget.steps",
                    "1",
                    "quarkus.fault-tolerance.global.retry.delay", "1", "quarkus.fault-tolerance.global.retry.jitter", "0");
        }
    }

    private final List<String> payloads = new ArrayList<>();

    static StepFunctions loop(StepFunctions.Functions functions) {
        return new StepFunctions(Path.of("../../infra/aws/loop.asl.json"), Map.of("Flow", "writer", "Partition", "aws"),
                functions);
    }

    /** {@return the payloads of all invocations} */
    List<String> payloads() {
        return payloads;
    }

    /** {@return the payload of this hop's invocation} */
    JsonNode payload(int hop) {
        return OtherJson.read(payloads.get(hop));
    }

    @Override
    public String invoke(String function, String payload) throws StepFunctions.Failed {
        assertThat(function).isEqualTo("writer");
        payloads.add(payload);
        Response answer = given().contentType("application/json").body(payload).post("/");
        if (answer.statusCode() == 500) {
            throw new StepFunctions.Failed("dev.pocketflow.quarkus.RunFailed", answer.jsonPath().getString("failure.message"));
        } else if (answer.statusCode() > 299) {
            throw new StepFunctions.Failed("dev.pocketflow.quarkus.EnvelopeRefused", answer.jsonPath().getString("detail"));
        }
        return answer.asString();
    }
}
