package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.testing.FakeTime;

/** Functions in this process. */
class LocalLambdaHandlerTest {

    @Test
    void answersWhatTheHandlerReturns() {
        try (LocalLambda lambda = handler((event, context) -> ("[" + text(event) + "]").getBytes())) {
            InvokeResult result = lambda.invoke("f", "{\"a\":1}");

            assertThat(result.payload()).isEqualTo("[{\"a\":1}]");
            assertThat(result.failed()).isFalse();
            assertThat(result.init()).isZero();
            assertThat(result.logTail()).isEmpty();
        }
    }

    @Test
    void answersNull_whenTheHandlerReturnsNothing() {
        try (LocalLambda lambda = handler((event, context) -> null)) {
            assertThat(lambda.invoke("f", "{}").payload()).isEqualTo("null");
        }
    }

    @Test
    void failsAsTheJavaRuntimeDoes_whenTheHandlerThrows() {
        try (LocalLambda lambda = handler((event, context) -> {
            throw new IllegalStateException("out of order");
        })) {
            InvokeResult result = lambda.invoke("f", "{}");

            assertThat(result.functionError()).isEqualTo("Unhandled");
            assertThat(HttpCalls.json(result.payload()).path("errorType").asText())
                    .isEqualTo("java.lang.IllegalStateException");
            assertThat(HttpCalls.json(result.payload()).path("errorMessage").asText()).isEqualTo("out of order");
            assertThat(HttpCalls.json(result.payload()).path("stackTrace").path(0).asText()).contains("LocalLambdaHandlerTest");
        }
    }

    @Test
    void responseOverSixMiBFails() {
        try (LocalLambda lambda = handler((event, context) -> new byte[Integer.parseInt(text(event))])) {
            assertThat(lambda.invoke("f", "6291456").failed()).isFalse();
            assertThat(lambda.invoke("f", "6291457").payload()).contains("Function.ResponseSizeTooLarge");
        }
    }

    @Test
    void handlerIsInterruptedAndTheNextEventServed_whenItsTimeIsOver() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.concurrency(1)
                .timeout(Duration.ofMillis(500)).handler((event, context) -> {
                    try {
                        return text(event).equals("1") ? stuck() : event;
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                })).start()) {
            InvokeResult late = lambda.invoke("f", "1");

            assertThat(late.functionError()).isEqualTo("Unhandled");
            assertThat(HttpCalls.json(late.payload()).path("errorMessage").asText())
                    .endsWith("Task timed out after 0.50 seconds");
            assertThat(late.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(interrupted.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(lambda.invoke("f", "2").payload()).isEqualTo("2");
        }
    }

    @Test
    void contextTellsOfTheInvocation() throws Exception {
        CompletableFuture<FunctionContext> seen = new CompletableFuture<>();
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.timeout(Duration.ofSeconds(20))
                .handler((event, context) -> {
                    seen.complete(context);
                    return event;
                })).start()) {
            Instant before = Instant.now();
            InvokeResult result = lambda.invoke("f", "{}");
            FunctionContext context = seen.get(2, TimeUnit.MINUTES);

            assertThat(context.functionName()).isEqualTo("f");
            assertThat(context.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f");
            assertThat(context.requestId()).isEqualTo(result.requestId());
            assertThat(context.clientContext()).isNull();
            assertThat(context.traceHeader()).matches("Root=.*;Parent=.*;Sampled=0;Lineage=1:[0-9a-f]{8}:0");
            assertThat(context.deadline()).isBetween(before.plusSeconds(20), Instant.now().plusSeconds(20));
            assertThat(context.remaining()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(20));
        }
    }

    @Test
    void eventsRunSideBySide_upToTheConcurrency() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.concurrency(3)
                .timeout(Duration.ofSeconds(30)).handler((event, context) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    three.countDown();
                    three.await(2, TimeUnit.MINUTES);
                    running.decrementAndGet();
                    return event;
                })).start()) {
            List<AsyncInvocation> all = IntStream.range(0, 50).mapToObj(i -> lambda.invokeAsync("f", Integer.toString(i)))
                    .toList();
            for (AsyncInvocation invocation : all) {
                assertThat(invocation.completion().get(2, TimeUnit.MINUTES).failed()).isFalse();
            }

            assertThat(most).hasValue(3);
        }
    }

    @Test
    void eventsBeginInTheOrderTheyCame_whenOnlyOneMayRun() throws Exception {
        StringBuffer order = new StringBuffer();
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.concurrency(1)
                .handler((event, context) -> {
                    order.append(text(event)).append(' ');
                    return event;
                })).start()) {
            List<AsyncInvocation> all = Stream.of("1", "2", "3", "4", "5", "6").map(i -> lambda.invokeAsync("f", i)).toList();
            all.get(5).completion().get(2, TimeUnit.MINUTES);

            assertThat(order).hasToString("1 2 3 4 5 6 ");
        }
    }

    @Test
    void asyncSelfInvocationWaitsItsTurn_whenOnlyOneMayRunAndTheFirstIsNotDone() throws Exception {
        CompletableFuture<String> last = new CompletableFuture<>();
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.concurrency(1)
                .handler((event, context) -> {
                    int left = Integer.parseInt(text(event));
                    if (left > 0) {
                        context.invokeAsync("f", Integer.toString(left - 1));
                    } else {
                        last.complete(context.requestId());
                    }
                    return event;
                })).start()) {
            lambda.invoke("f", "9");

            assertThat(last.get(2, TimeUnit.MINUTES)).isNotEmpty();
        }
    }

    @Test
    void syncSelfInvocationIsAnswered_whenAnotherMayRun() {
        try (LocalLambda lambda = handler((event, context) -> text(event).equals("0") ? "\"end\"".getBytes()
                : context.invoke("f", "0").payload().getBytes())) {
            assertThat(lambda.invoke("f", "1").payload()).isEqualTo("\"end\"");
        }
    }

    @Test
    void handlerCannotChangeTheEvent_ofItsNextAttempt() throws Exception {
        Set<String> events = ConcurrentHashMap.newKeySet();
        FakeTime time = new FakeTime();
        try (LocalLambda lambda = LocalLambda.builder().time(time).function("f", spec -> spec.handler((event, context) -> {
            events.add(text(event));
            event[0] = '2';
            throw new IllegalStateException();
        })).start()) {
            AsyncInvocation accepted = lambda.invokeAsync("f", "1");
            time.advance(time.awaitTimer(Duration.ofSeconds(20)));
            time.advance(time.awaitTimer(Duration.ofSeconds(20)));
            accepted.completion().get(2, TimeUnit.MINUTES);

            assertThat(events).containsExactly("1");
        }
    }

    @Test
    void everythingUnderWayEnds_whenClosed() {
        LocalLambda lambda = LocalLambda.builder()
                .function("f", spec -> spec.concurrency(1).handler((event, context) -> stuck())).start();
        AsyncInvocation running = lambda.invokeAsync("f", "1");
        AsyncInvocation waiting = lambda.invokeAsync("f", "2");

        lambda.close();

        assertThatThrownBy(running.completion()::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(waiting.completion()::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lambda.invokeAsync("f", "3").completion()::join).hasRootCauseMessage("The local lambda was closed");
    }

    private static LocalLambda handler(FunctionHandler handler) {
        return LocalLambda.builder().function("f", spec -> spec.handler(handler)).start();
    }

    private static byte[] stuck() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }
}
