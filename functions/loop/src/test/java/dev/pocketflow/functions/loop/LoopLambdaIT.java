package dev.pocketflow.functions.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.lambda.FunctionSpec;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.lambda.RecursiveLoop;

/**
 * The executable as functions of a local cloud that differ in their environment only: one step for each invocation, by each
 * transport.
 */
class LoopLambdaIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BOOTSTRAP = Path.of(System.getProperty("native.image.path"));
    private static final BlockingQueue<InvocationAttempt> HOPS = new LinkedBlockingQueue<>();
    private static LocalCloud cloud;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.builder().lambda(lambda -> lambda.onAttempt(HOPS::add))
                .function("whole", spec -> function(spec).env("QUARKUS_POCKETFLOW_HAND_OVER", "caller"))
                .function("loop", spec -> hopping(spec, "lambda").recursiveLoop(RecursiveLoop.ALLOW))
                .function("guarded", spec -> hopping(spec, "lambda").maximumRetryAttempts(0))
                .function("encrypted", spec -> hopping(spec, "lambda").recursiveLoop(RecursiveLoop.ALLOW)
                        .env("QUARKUS_POCKETFLOW_ENVELOPE_SEAL", "encrypted")
                        .env("QUARKUS_POCKETFLOW_CLAIM_CHECK_BUCKET", "claims"))
                .function("queued", spec -> hopping(spec, "sqs").recursiveLoop(RecursiveLoop.ALLOW)
                        .env("QUARKUS_POCKETFLOW_SQS_QUEUE_URL", "${QUEUE_URL_JOBS}"))
                .function("called", spec -> hopping(spec, "caller"))
                .queue("jobs").eventSource("jobs", "queued", source -> source.batchSize(10).reportBatchItemFailures())
                .bucket("claims").start();
    }

    private static FunctionSpec function(FunctionSpec spec) {
        return spec.command(BOOTSTRAP).timeout(Duration.ofSeconds(60)).initTimeout(Duration.ofSeconds(60))
                .env("QUARKUS_POCKETFLOW_ANSWER_STORE", "all").env("QUARKUS_POCKETFLOW_ANSWER_PATH", "true")
                .env("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", System.getenv("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST"));
    }

    private static FunctionSpec hopping(FunctionSpec spec, String way) {
        return function(spec).env("QUARKUS_POCKETFLOW_HAND_OVER", way).env("QUARKUS_POCKETFLOW_BUDGET_STEPS", "1")
                .env("QUARKUS_POCKETFLOW_BUDGET_HOPS", "2000").env("QUARKUS_LOG_LEVEL", "WARN");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void forget() {
        cloud.lambda().forgetDeadLetters();
        HOPS.clear();
    }

    private static JsonNode outcome(String payload) throws Exception {
        return JSON.readTree(payload);
    }

    /** {@return the next hop of this function} */
    private static InvocationAttempt next(String function) throws InterruptedException {
        InvocationAttempt hop;
        do {
            hop = HOPS.poll(60, TimeUnit.SECONDS);
            assertThat(hop).as("the next hop of %s", function).isNotNull();
        } while (!hop.function().equals(function));
        return hop;
    }

    /** {@return the last of so many hops, by their chain: a hop may end after the hop that it invoked} */
    private static InvocationAttempt last(String function, int count) throws Exception {
        List<InvocationAttempt> hops = new ArrayList<>();
        while (hops.size() < count) {
            hops.add(next(function));
        }
        hops.sort(Comparator.comparing(InvocationAttempt::chain));
        // this shows that each executable passes its trace header on
        assertThat(hops).extracting(InvocationAttempt::chain).isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
        return hops.get(count - 1);
    }

    @Test
    void thousandHops_endAsOneInvocation() throws Exception {
        JsonNode whole = outcome(cloud.lambda().invoke("whole", "{\"until\":1000}").payload());

        cloud.lambda().invokeAsync("loop", "{\"until\":1000}");
        JsonNode chained = outcome(last("loop", 1000).payload());

        assertThat(chained.get("status").asText()).isEqualTo("completed");
        assertThat(chained.get("store")).isEqualTo(whole.get("store"));
        assertThat(chained.get("action")).isEqualTo(whole.get("action"));
        assertThat(chained.get("path").findValuesAsText("node")).isEqualTo(whole.get("path").findValuesAsText("node"));
    }

    @Test
    void chainThatLambdaStops_isADeadLetter_andTheRunResumesFromIt() throws Exception {
        cloud.lambda().invokeAsync("guarded", "{\"until\":20}");
        assertThat(last("guarded", 17).outcome()).isEqualTo(DeadLetter.RECURSIVE_INVOCATION);
        String letter = cloud.lambda().deadLetters().get(0).payload();
        JsonNode resumed = outcome(cloud.lambda().invoke("whole", letter).payload());
        assertThat(resumed.get("status").asText()).isEqualTo("completed");
        assertThat(resumed.get("store").get("count").asInt()).isEqualTo(20);
    }

    @Test
    void largeEncryptedRun_usesTheClaimCheck_andLeavesNothingThere() throws Exception {
        cloud.lambda().invokeAsync("encrypted", "{\"until\":4,\"padding\":2000000,\"token\":\"hunter2\"}");
        JsonNode end = outcome(last("encrypted", 4).payload());

        assertThat(end.get("status").asText()).isEqualTo("completed");
        assertThat(end.get("store").get("text").asText()).hasSize(2_000_000);
        assertThat(end.get("store").get("token").isNull()).isTrue();
        assertThat(cloud.s3().keys("claims")).isEmpty();
    }

    @Test
    void queue_carriesTheRun_andABatchReportsItsFailures() throws Exception {
        cloud.sqs().send("jobs", "{\"until\":5}");
        List<InvocationAttempt> hops = new ArrayList<>();
        while (hops.size() < 5) {
            hops.add(next("queued"));
        }

        assertThat(hops).allMatch(hop -> hop.payload().equals("{\"batchItemFailures\":[]}"));
        assertThat(cloud.lambda().invoke("queued", """
                {"Records":[{"messageId":"good","eventSource":"aws:sqs","body":"{\\"until\\":1}"},
                            {"messageId":"bad","eventSource":"aws:sqs","body":"nonsense"}]}""").payload())
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}");
    }

    @Test
    void caller_sendsTheEnvelopeBack_reserialised() throws Exception {
        JsonNode answer = outcome(cloud.lambda().invoke("called", "{\"until\":5,\"token\":\"hunter2\"}").payload());
        int hops = 1;
        while (answer.get("status").asText().equals("handed-over")) {
            String envelope = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer.get("envelope"));
            assertThat(envelope).doesNotContain("hunter2").contains("\"secrets\"");
            answer = outcome(cloud.lambda().invoke("called", envelope).payload());
            hops++;
        }

        assertThat(hops).isEqualTo(5);
        assertThat(answer.get("store").get("count").asInt()).isEqualTo(5);
    }

    @Test
    void changedEnvelope_isRefusedByName() throws Exception {
        JsonNode answer = outcome(cloud.lambda().invoke("called", "{\"until\":5}").payload());
        String changed = answer.get("envelope").toString().replace("\"until\":5", "\"until\":6");

        assertThat(cloud.lambda().invoke("called", changed).payload()).contains("EnvelopeRefused", "BAD_SEAL: ");
    }

    @Test
    void envelopeIsSentOnce_withoutAnAnswer() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        HttpServer silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        silent.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            sent.incrementAndGet();
            exchange.close();
        });
        silent.start();
        try (LocalLambda lambda = LocalLambda.builder().function("loop", spec -> hopping(spec, "lambda")
                .env("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:" + silent.getAddress().getPort())
                .env("AWS_MAX_ATTEMPTS", "1")).start()) {
            assertThat(lambda.invoke("loop", "{\"until\":2}").payload()).contains("the delivery of run", "is unknown: ");
        } finally {
            silent.stop(0);
        }
        assertThat(sent).hasValue(1);
    }
}
