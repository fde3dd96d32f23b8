package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaException;

/** The Invoke API over HTTP, and asynchronous invocations with a clock the test turns. */
class InvokeApiTest {

    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private LocalLambda lambda;
    private String url;

    @BeforeEach
    void start() {
        lambda = LocalLambda.builder().function("fake", spec -> spec.command(FakeRuntime.command()))
                .retryTimer((delay, task) -> {
                    synchronized (timers) {
                        delays.add(delay);
                        timers.add(task);
                        timers.notifyAll();
                    }
                }).start();
        url = lambda.endpoint() + "/2015-03-31/functions/fake/invocations";
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    @Test
    void syncInvokeAnswersThePayload_withItsHeaders() throws Exception {
        HttpResponse<String> response = HttpCalls.send(HttpCalls.request(url).header("X-Amz-Log-Type", "Tail")
                .POST(HttpRequest.BodyPublishers.ofString("\"header Lambda-Runtime-Trace-Id\""))
                .header("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("\"Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0\"");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(response.headers().firstValue("X-Amz-Executed-Version")).hasValue("$LATEST");
        assertThat(response.headers().firstValue("X-Amz-Function-Error")).isEmpty();
        assertThat(new String(Base64.getDecoder().decode(response.headers().firstValue("X-Amz-Log-Result").orElseThrow())))
                .contains("event \"header");
    }

    @Test
    void clientContextReachesTheFunction_andAnEmptyEventIsAnEmptyObject() throws Exception {
        HttpResponse<String> context = HttpCalls.send(HttpCalls.request(url).header("X-Amz-Client-Context", "e30=")
                .POST(HttpRequest.BodyPublishers.ofString("\"header Lambda-Runtime-Client-Context\"")));
        HttpResponse<String> empty = HttpCalls.send(HttpCalls.request(url).POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(context.body()).isEqualTo("\"e30=\"");
        assertThat(HttpCalls.json(empty).path("event")).isEqualTo(HttpCalls.json("{}"));
    }

    @Test
    void functionErrorIs200WithItsHeader() throws Exception {
        HttpResponse<String> response = HttpCalls.post(url, "\"fail\"");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Amz-Function-Error")).hasValue("Unhandled");
        assertThat(HttpCalls.json(response).path("errorType").asText()).isEqualTo("Fake.Failure");
    }

    @ParameterizedTest
    @CsvSource({ "arn:aws:lambda:us-east-1:000000000000:function:fake", "000000000000:function:fake:$LATEST", "fake:live" })
    void functionIsFound_byArnAndQualifier(String function) {
        assertThat(lambda.invoke(function, "{}").failed()).isFalse();
    }

    @Test
    void notFound_whenThereIsNoSuchFunction() throws Exception {
        HttpResponse<String> response = HttpCalls.post(url.replace("fake", "fuke"), "{}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("ResourceNotFoundException");
        assertThat(HttpCalls.json(response).path("Message").asText()).isEqualTo("Function not found: fuke; there are [fake]");
        assertThatThrownBy(() -> lambda.invoke("fuke", "{}")).isInstanceOf(LambdaException.class)
                .satisfies(e -> assertThat(((LambdaException) e).type()).isEqualTo("ResourceNotFoundException"))
                .satisfies(e -> assertThat(((LambdaException) e).status()).isEqualTo(404));
        assertThatThrownBy(() -> lambda.invokeAsync("fuke", "{}")).isInstanceOf(LambdaException.class);
        assertThat(HttpCalls.get(lambda.endpoint() + "/2015-03-31/functions").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({ "RequestResponse, 6291456, 200", "RequestResponse, 6291457, 413", "Event, 1048576, 202", "Event, 1048577, 413",
            "DryRun, 10, 204", "Never, 10, 400" })
    void eventIsAccepted_upToTheLimitOfItsType(String type, int bytes, int status) throws Exception {
        String event = "\"" + "z".repeat(bytes - 2) + "\"";
        HttpResponse<String> response = HttpCalls.send(
                HttpCalls.request(url).header("X-Amz-Invocation-Type", type).POST(HttpRequest.BodyPublishers.ofString(event)));

        // the fake wraps the largest event, so that its answer is too large; what counts is that it got that far
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 413) {
            assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("RequestTooLargeException");
        }
    }

    @Test
    void badRequest_whenTheEventIsNoJson() throws Exception {
        HttpResponse<String> response = HttpCalls.post(url, "{\"a\":1} x");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("InvalidRequestContentException");
    }

    @Test
    void asyncInvokeCompletes_onceTheFunctionSucceeds() throws Exception {
        AsyncInvocation accepted = lambda.invokeAsync("fake", "\"header Lambda-Runtime-Aws-Request-Id\"");

        InvokeResult result = accepted.completion().get(2, TimeUnit.MINUTES);
        assertThat(result.payload()).isEqualTo("\"" + accepted.requestId() + "\"");
        assertThat(lambda.deadLetters()).isEmpty();
        assertThat(delays).isEmpty();
    }

    @Test
    void asyncInvokeIsTriedThreeTimes_thenADeadLetter() throws Exception {
        AsyncInvocation accepted = lambda.invokeAsync("fake", "\"fail\"");

        awaitTimer().run();
        assertThat(accepted.completion()).isNotDone();
        awaitTimer().run();
        InvokeResult last = accepted.completion().get(2, TimeUnit.MINUTES);

        assertThat(delays).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThat(last.failed()).isTrue();
        assertThat(lambda.deadLetters())
                .containsExactly(new DeadLetter("fake", accepted.requestId(), "\"fail\"", DeadLetter.RETRIES_EXHAUSTED, 3, last,
                        lambda.deadLetters().get(0).invocationRecord()));
        assertThat(HttpCalls.json(lambda.invoke("fake", "{}").payload()).path("served").asInt()).isEqualTo(4);
    }

    @Test
    void asyncInvokeIsADeadLetterAtOnce_withoutRetries() throws Exception {
        try (LocalLambda once = LocalLambda.builder().retryDelays()
                .function("fake", spec -> spec.command(FakeRuntime.command())).start()) {
            once.invokeAsync("fake", "\"exit 1\"").completion().get(2, TimeUnit.MINUTES);

            assertThat(once.deadLetters()).singleElement().extracting(DeadLetter::attempts).isEqualTo(1);
        }
    }

    @Test
    void asyncInvokeRetriesByItself_withTheSystemsClock() throws Exception {
        try (LocalLambda own = LocalLambda.builder().retryDelays(Duration.ofMillis(1))
                .function("fake", spec -> spec.command(FakeRuntime.command())).start()) {
            own.invokeAsync("fake", "\"fail\"").completion().get(2, TimeUnit.MINUTES);

            assertThat(own.deadLetters()).singleElement().extracting(DeadLetter::attempts).isEqualTo(2);
        }
    }

    private Runnable awaitTimer() throws InterruptedException {
        synchronized (timers) {
            while (timers.isEmpty()) {
                timers.wait(20_000);
            }
            return timers.remove();
        }
    }
}
