package dev.pocketflow.functions.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.scheduler.LocalScheduler;
import dev.pocketflow.cloud.scheduler.Schedule;

/** The executable with EventBridge Scheduler: the SDK's client in a native build, with its errors of the service. */
class LoopSchedulerLambdaIT {

    private static final String ROLE = "arn:aws:iam::000000000000:role/wake";
    private static final BlockingQueue<InvocationAttempt> HOPS = new LinkedBlockingQueue<>();
    private static LocalCloud cloud;
    private static LocalScheduler scheduler;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.builder().lambda(lambda -> lambda.onAttempt(HOPS::add)).scheduler()
                .function("loop", spec -> spec.command(Path.of(System.getProperty("native.image.path")))
                        .timeout(Duration.ofSeconds(60)).initTimeout(Duration.ofSeconds(60))
                        .env("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", System.getenv("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST"))
                        .env("QUARKUS_POCKETFLOW_HAND_OVER", "lambda").env("QUARKUS_POCKETFLOW_TIMER", "scheduler")
                        .env("QUARKUS_POCKETFLOW_SCHEDULER_ROLE", ROLE).env("QUARKUS_POCKETFLOW_ANSWER_STORE", "all")
                        .env("QUARKUS_LOG_LEVEL", "WARN"))
                .start();
        scheduler = cloud.scheduler();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void forget() {
        scheduler.clear();
        HOPS.clear();
    }

    private static JsonNode handedOver(String event) {
        JsonNode answer = Executable.json(cloud.lambda().invoke("loop", event).payload());
        assertThat(answer.path("status").asText()).as("%s", answer).isEqualTo("handed-over");
        return answer;
    }

    @Test
    void runThatRested_resumes_asTheSameRun() throws Exception {
        JsonNode answer = handedOver("{\"until\":4,\"rest\":\"nap\",\"text\":\"<aws.scheduler.execution-id>\"}");
        assertThat(scheduler.schedules()).singleElement().satisfies(schedule -> {
            assertThat(schedule.name()).startsWith(answer.path("run").asText() + "-1-");
            assertThat(schedule.at()).isAfterOrEqualTo(Instant.parse(answer.path("until").asText()));
            assertThat(schedule.target()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:loop");
            assertThat(schedule.role()).isEqualTo(ROLE);
        });
        assertThat(HOPS.poll(1, TimeUnit.SECONDS)).isNotNull();

        InvocationAttempt woken = HOPS.poll(60, TimeUnit.SECONDS);
        assertThat(woken).as("the hop that the schedule brings").isNotNull();
        JsonNode end = Executable.json(woken.payload());
        assertThat(end.path("status").asText()).as("%s", end).isEqualTo("completed");
        assertThat(end.path("run").asText()).isEqualTo(answer.path("run").asText());
        assertThat(end.at("/store/count").asInt()).isEqualTo(4);
        assertThat(end.at("/store/text").asText()).isEqualTo("<aws.scheduler.execution-id>");
        assertThat(woken.chain()).as("a schedule begins a chain").isOne();
    }

    @Test
    void runThatReturnsEarly_keepsItsSchedule() {
        handedOver("{\"until\":4,\"rest\":\"night\"}");
        Schedule first = scheduler.schedules().get(0);

        handedOver(Executable.json(first.input()).toPrettyString()); // the service answers with a ConflictException
        assertThat(scheduler.schedules()).containsExactly(first);
    }

    @Test
    void busyService_isNamed_andTheRunIsNotHandedOver() {
        scheduler.throttle(3);
        InvokeResult failed = cloud.lambda().invoke("loop", "{\"until\":4,\"rest\":\"night\"}");

        assertThat(failed.failed()).isTrue();
        assertThat(failed.payload())
                .contains("was not accepted by group 'default' of EventBridge Scheduler: ThrottlingException "
                        + "(HTTP 429", "throttled after the SDK's retries");
        assertThat(scheduler.schedules()).isEmpty();
    }
}
