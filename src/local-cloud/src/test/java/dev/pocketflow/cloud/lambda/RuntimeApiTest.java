package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaInvocation;

/** The Runtime API call by call, with this test as the runtime of an external function. */
class RuntimeApiTest {

    private LocalLambda lambda;
    private String runtime;

    @BeforeEach
    void start() {
        start(Duration.ofMinutes(1));
    }

    private void start(Duration timeout) {
        lambda = LocalLambda.builder().function("f", spec -> spec.external().timeout(timeout)
                .initTimeout(Duration.ofMinutes(1))).start();
        runtime = "http://" + lambda.runtimeApi("f") + "/2018-06-01/runtime/";
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    @Test
    void eventArrivesWithItsHeaders_andItsResponseIsTheResult() throws Exception {
        CompletableFuture<InvokeResult> result = inBackground(() -> lambda.invoke("f", "{\"n\":1}"));
        long before = System.currentTimeMillis();
        HttpResponse<String> next = next();
        HttpResponse<String> accepted = answer(next, "response", "{\"done\":true}");

        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).isEqualTo("{\"n\":1}");
        assertThat(header(next, "Content-Type")).isEqualTo("application/json");
        assertThat(header(next, "Lambda-Runtime-Aws-Request-Id")).matches("[0-9a-f-]{36}");
        assertThat(Long.parseLong(header(next, "Lambda-Runtime-Deadline-Ms"))).isBetween(before + 60_000,
                System.currentTimeMillis() + 60_000);
        assertThat(header(next, "Lambda-Runtime-Invoked-Function-Arn"))
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f");
        assertThat(header(next, "Lambda-Runtime-Trace-Id"))
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0");
        assertThat(next.headers().firstValue("Lambda-Runtime-Client-Context")).isEmpty();
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(result.get(2, TimeUnit.MINUTES).payload()).isEqualTo("{\"done\":true}");
        assertThat(result.join().init()).isZero();
        assertThat(result.join().logTail()).isEmpty();
    }

    @Test
    void pollWaits_untilThereIsAnEvent() throws Exception {
        CompletableFuture<HttpResponse<String>> next = inBackground(this::next);
        CompletableFuture<InvokeResult> result = inBackground(() -> lambda.invoke("f", "7"));

        assertThat(next.get(2, TimeUnit.MINUTES).body()).isEqualTo("7");
        answer(next.join(), "response", "8");
        assertThat(result.get(2, TimeUnit.MINUTES).payload()).isEqualTo("8");
    }

    @Test
    void reportedErrorIsTheResult_andItsHeaderStandsInForAnEmptyBody() throws Exception {
        CompletableFuture<InvokeResult> result = inBackground(() -> lambda.invoke("f", "{}"));
        HttpResponse<String> next = next();
        HttpResponse<String> accepted = HttpCalls
                .send(HttpCalls.request(runtime + "invocation/" + header(next, "Lambda-Runtime-Aws-Request-Id") + "/error")
                        .header("Lambda-Runtime-Function-Error-Type", "My.Error").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(result.get(2, TimeUnit.MINUTES).functionError()).isEqualTo("Unhandled");
        assertThat(result.join().payload()).isEqualTo("{\"errorType\":\"My.Error\"}");
    }

    @Test
    void answerIsRefused_whenItsTimeIsOverOrItIsTheSecondOrOfNoEvent() throws Exception {
        lambda.close();
        start(Duration.ofSeconds(2));
        CompletableFuture<InvokeResult> result = inBackground(() -> lambda.invoke("f", "{}"));
        HttpResponse<String> slow = next();
        assertThat(result.get(2, TimeUnit.MINUTES).payload()).contains("Task timed out after 2.00 seconds");

        assertThat(answer(slow, "response", "1").statusCode()).isEqualTo(400);
        result = inBackground(() -> lambda.invoke("f", "{}"));
        HttpResponse<String> next = next();
        assertThat(answer(slow, "response", "1").statusCode()).isEqualTo(400);
        assertThat(answer(next, "response", "2").statusCode()).isEqualTo(202);
        HttpResponse<String> second = answer(next, "response", "3");
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(HttpCalls.json(second).path("errorType").asText()).isEqualTo("InvalidRequestID");
        assertThat(result.get(2, TimeUnit.MINUTES).payload()).isEqualTo("2");
    }

    @Test
    void initErrorIsTheResult_andALaterRuntimeTakesOver() throws Exception {
        CompletableFuture<InvokeResult> result = inBackground(() -> lambda.invoke("f", "{}"));
        assertThat(HttpCalls.post(runtime + "init/error", "{\"errorType\":\"My.Init\"}").statusCode()).isEqualTo(202);
        assertThat(result.get(2, TimeUnit.MINUTES).payload()).isEqualTo("{\"errorType\":\"My.Init\"}");
        assertThat(result.join().functionError()).isEqualTo("Unhandled");

        CompletableFuture<HttpResponse<String>> next = inBackground(this::next);
        CompletableFuture<InvokeResult> later = inBackground(() -> {
            InvokeResult answer = lambda.invoke("f", "{}");
            while (answer.payload().contains("My.Init")) {
                answer = lambda.invoke("f", "{}");
            }
            return answer;
        });
        answer(next.get(2, TimeUnit.MINUTES), "response", "true");
        assertThat(later.get(2, TimeUnit.MINUTES).payload()).isEqualTo("true");
    }

    @Test
    void newestPollGetsTheEvent_whenAnOlderOneIsStillOpen() throws Exception {
        try (RuntimeApi api = new RuntimeApi(0, "arn", Duration.ofSeconds(1));
                Socket older = new Socket("127.0.0.1",
                        Integer.parseInt(api.authority().split(":")[1]))) {
            older.getOutputStream().write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            api.polled().get(2, TimeUnit.MINUTES);
            CompletableFuture<HttpResponse<String>> newer = inBackground(
                    () -> HttpCalls.get("http://" + api.authority() + "/2018-06-01/runtime/invocation/next"));
            assertThat(older.getInputStream().read()).isEqualTo(-1);

            api.offer(LambdaInvocation.of("9".getBytes(), null, null));

            assertThat(newer.get(2, TimeUnit.MINUTES).body()).isEqualTo("9");
        }
    }

    @Test
    void failsInTime_whenNoRuntimeAppears() {
        try (LocalLambda alone = LocalLambda.builder()
                .function("f", spec -> spec.external().initTimeout(Duration.ofMillis(50))).start()) {
            assertThat(alone.invoke("f", "{}").payload()).contains("did not ask for the event within 0.05 seconds");
        }
    }

    @Test
    void unknownCallIsNotFound() throws Exception {
        assertThat(HttpCalls.get(runtime + "invocation/last").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> next() throws Exception {
        return HttpCalls.get(runtime + "invocation/next");
    }

    private HttpResponse<String> answer(HttpResponse<String> next, String kind, String body) throws Exception {
        return HttpCalls.post(runtime + "invocation/" + header(next, "Lambda-Runtime-Aws-Request-Id") + "/" + kind, body);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private static <T> CompletableFuture<T> inBackground(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
