package dev.pocketflow.functions.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.lambda.LocalLambda;

/** A run whose function ends and starts again between all hops. */
class LoopRestartLambdaIT {

    private static final int HOPS = 200;
    private static final String EVENT = "{\"until\":" + HOPS + ",\"token\":\"hunter2\"}";

    @Test
    void twoHundredHops_inSeparateProcesses_endAsOneInvocation() {
        LocalDynamo.missing().ifPresent(reason -> assumeTrue(false, reason));
        try (LocalCloud cloud = LocalCloud.builder().table("pocketflow")
                .function("whole", spec -> Executable.ledgered(spec, "caller", "pocketflow").timeout(Duration.ofMinutes(1)))
                .function("loop", spec -> Executable.ledgered(spec, "caller", "pocketflow").timeout(Duration.ofMinutes(1))
                        .concurrency(1).env("QUARKUS_POCKETFLOW_BUDGET_STEPS", "1"))
                .start()) {
            JsonNode whole = Executable.json(cloud.lambda().invoke("whole", EVENT).payload());

            JsonNode restarted = restarting(cloud.lambda());

            assertThat(whole.path("status").asText()).isEqualTo("completed");
            assertThat(whole.path("store").path("count").asInt()).isEqualTo(HOPS);
            assertThat(Executable.end(restarted)).isEqualTo(Executable.end(whole));
            assertThat(Executable.hops(cloud, "pocketflow")).hasSize(HOPS + 1); // each hop was claimed once
        }
    }

    private static JsonNode restarting(LocalLambda lambda) {
        InvokeResult hop = lambda.invoke("loop", EVENT);
        for (int done = 1; done < HOPS; done++) {
            JsonNode answer = Executable.json(hop.payload());
            assertThat(answer.path("status").asText()).as("hop %d: %s", done - 1, hop.logTail()).isEqualTo("handed-over");
            assertThat(answer.path("hop").asInt()).isEqualTo(done);
            assertThat(lambda.kill("loop")).isOne();
            hop = lambda.invoke("loop", answer.path("envelope").toString());
            assertThat(hop.init()).isPositive();
        }
        return Executable.json(hop.payload());
    }
}
