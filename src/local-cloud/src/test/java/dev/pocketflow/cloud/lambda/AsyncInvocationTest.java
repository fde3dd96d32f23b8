package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvocationRecord;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.testing.FakeTime;

/** Retries, ages and destinations, by a clock the test turns. */
class AsyncInvocationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final FunctionHandler FAILING = (event, context) -> {
        throw new IllegalStateException("no");
    };

    private final FakeTime time = new FakeTime();

    @Test
    void secondAttemptIsAMinuteLater_andTheThirdTwoMore() throws Exception {
        BlockingQueue<InvocationAttempt> hops = new LinkedBlockingQueue<>();
        try (LocalLambda lambda = LocalLambda.builder().time(time).onAttempt(hops::add)
                .function("f", spec -> spec.handler(FAILING)).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "1");

            assertThat(time.awaitTimer(PATIENCE)).isEqualTo(Duration.ofMinutes(1));
            time.advance(Duration.ofSeconds(59));
            assertThat(hops).hasSize(1);
            time.advance(Duration.ofSeconds(1));
            assertThat(time.awaitTimer(PATIENCE)).isEqualTo(Duration.ofMinutes(2));
            time.advance(Duration.ofMinutes(2));
            InvokeResult last = accepted.completion().get(2, TimeUnit.MINUTES);

            assertThat(last.failed()).isTrue();
            assertThat(hops).extracting(InvocationAttempt::attempt).containsExactly(1, 2, 3);
            assertThat(hops).extracting(hop -> hop.at().toString()).containsExactly("2026-01-01T00:00:00Z",
                    "2026-01-01T00:01:00Z", "2026-01-01T00:03:00Z");
            assertThat(hops).extracting(InvocationAttempt::requestId).containsOnly(accepted.requestId());
            assertThat(hops).extracting(InvocationAttempt::chain).containsOnly(1);
            assertThat(hops).extracting(InvocationAttempt::outcome).containsOnly("java.lang.IllegalStateException");
        }
    }

    @Test
    void noMoreAttempts_afterASuccess() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().time(time).function("f", spec -> spec.handler((event, context) -> {
            if (time.instant().toString().endsWith("00:00:00Z")) {
                throw new IllegalStateException("too early");
            }
            return event;
        })).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "1");
            time.advance(time.awaitTimer(PATIENCE));

            assertThat(accepted.completion().get(2, TimeUnit.MINUTES).payload()).isEqualTo("1");
            assertThat(lambda.deadLetters()).isEmpty();
            assertThat(time.timers()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2 })
    void attemptsAreOneMoreThanTheRetries(int retries) throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().time(time)
                .function("f", spec -> spec.handler(FAILING).maximumRetryAttempts(retries)).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "1");
            for (int retry = 0; retry < retries; retry++) {
                time.advance(time.awaitTimer(PATIENCE));
            }
            accepted.completion().get(2, TimeUnit.MINUTES);

            assertThat(lambda.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.attempts()).isEqualTo(retries + 1);
                assertThat(letter.condition()).isEqualTo("RetriesExhausted");
            });
            lambda.forgetDeadLetters();
            assertThat(lambda.deadLetters()).isEmpty();
        }
    }

    @Test
    void eventIsGivenUpOn_whenItIsTooOldForItsNextAttempt() throws Exception {
        BlockingQueue<InvocationAttempt> hops = new LinkedBlockingQueue<>();
        try (LocalLambda lambda = LocalLambda.builder().time(time).onAttempt(hops::add)
                .function("f", spec -> spec.handler(FAILING).maximumEventAge(Duration.ofSeconds(150))).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "1");
            time.advance(time.awaitTimer(PATIENCE));
            time.advance(time.awaitTimer(PATIENCE));
            InvokeResult last = accepted.completion().get(2, TimeUnit.MINUTES);

            DeadLetter letter = lambda.deadLetters().get(0);
            assertThat(letter.condition()).isEqualTo("EventAgeExceeded");
            assertThat(letter.attempts()).isEqualTo(2);
            assertThat(letter.lastResult()).isEqualTo(last);
            assertThat(last.payload()).contains("IllegalStateException");
            assertThat(hops).extracting(InvocationAttempt::outcome).containsExactly("java.lang.IllegalStateException",
                    "java.lang.IllegalStateException", "EventAgeExceeded");
        }
    }

    @Test
    void eventIsServed_whenItIsExactlyAsOldAsItMayBe() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().time(time).function("f", spec -> spec.handler(FAILING)
                .maximumRetryAttempts(1).maximumEventAge(Duration.ofMinutes(1))).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "1");
            time.advance(time.awaitTimer(PATIENCE));
            accepted.completion().get(2, TimeUnit.MINUTES);

            assertThat(lambda.deadLetters().get(0).condition()).isEqualTo("RetriesExhausted");
        }
    }

    @Test
    void eventIsGivenUpOnUnasked_whenItGrowsTooOldWaitingForItsTurn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (LocalLambda lambda = LocalLambda.builder().time(time).function("f", spec -> spec.concurrency(1)
                .timeout(Duration.ofSeconds(30)).handler((event, context) -> {
                    begun.countDown();
                    go.await();
                    return event;
                })).start()) {
            AsyncInvocation first = lambda.invokeAsync("f", "1");
            AsyncInvocation second = lambda.invokeAsync("f", "2");
            assertThat(begun.await(2, TimeUnit.MINUTES)).isTrue();
            time.advance(Duration.ofHours(6).plusNanos(1));
            go.countDown();

            assertThat(first.completion().get(2, TimeUnit.MINUTES).payload()).isEqualTo("1");
            InvokeResult given = second.completion().get(2, TimeUnit.MINUTES);
            assertThat(given.functionError()).isEqualTo("Unhandled");
            assertThat(HttpCalls.json(given.payload()).path("errorType").asText()).isEqualTo("EventAgeExceeded");
            JsonNode record = HttpCalls.json(lambda.deadLetters().get(0).invocationRecord());
            assertThat(record.path("requestContext").path("approximateInvokeCount").asInt()).isZero();
            assertThat(record.has("responseContext")).isFalse();
        }
    }

    @Test
    void recordOfWhatFailedReachesItsDestinationFunction_inTheSameChain() throws Exception {
        CompletableFuture<String> record = new CompletableFuture<>();
        CompletableFuture<String> trace = new CompletableFuture<>();
        try (LocalLambda lambda = LocalLambda.builder().time(time)
                .function("f",
                        spec -> spec.handler(FAILING).maximumRetryAttempts(0).onFailure(Destination.function("undertaker")))
                .function("undertaker", spec -> spec.handler((event, context) -> {
                    trace.complete(context.traceHeader());
                    record.complete(new String(event, StandardCharsets.UTF_8));
                    return null;
                })).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "{\"a\": 1.0}");

            String text = record.get(2, TimeUnit.MINUTES);
            assertThat(text).contains("\"requestPayload\":{\"a\": 1.0}")
                    .isEqualTo(lambda.deadLetters().get(0).invocationRecord());
            JsonNode json = HttpCalls.json(text);
            assertThat(json.path("version").asText()).isEqualTo("1.0");
            assertThat(json.path("timestamp").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
            assertThat(json.path("requestContext")).isEqualTo(HttpCalls.json("{\"requestId\":\"" + accepted.requestId()
                    + "\",\"functionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST\","
                    + "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":1}"));
            assertThat(json.path("responseContext")).isEqualTo(
                    HttpCalls.json("{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"}"));
            assertThat(json.path("responsePayload").path("errorMessage").asText()).isEqualTo("no");
            assertThat(trace.join()).matches(".*Lineage=1:[0-9a-f]{8}:0\\|[0-9a-f]{8}:0");
        }
    }

    @Test
    void answerThatIsNoJsonStandsInTheRecordAsText() {
        InvokeResult odd = new InvokeResult("id", "oops \"", "Unhandled", "", Duration.ZERO, Duration.ZERO);

        JsonNode record = HttpCalls.json(InvocationRecord.of(time.instant(), "arn", "id", "RetriesExhausted", 1, "7", odd));

        assertThat(record.path("responsePayload").asText()).isEqualTo("oops \"");
        assertThat(record.path("requestPayload").asInt()).isEqualTo(7);
    }

    @Test
    void invocationsGoOn_whenTheListenerFails() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().onAttempt(hop -> {
            throw new IllegalStateException("as this test wants it");
        }).function("f", spec -> spec.handler((event, context) -> event)).start()) {
            List<AsyncInvocation> both = List.of(lambda.invokeAsync("f", "1"), lambda.invokeAsync("f", "2"));

            assertThat(both.get(0).completion().get(2, TimeUnit.MINUTES).payload()).isEqualTo("1");
            assertThat(both.get(1).completion().get(2, TimeUnit.MINUTES).payload()).isEqualTo("2");
        }
    }
}
