package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;

/** Chains of invocations that come back to a function, counted in the trace header that travels along. */
class RecursiveLoopTest {

    private final BlockingQueue<InvocationAttempt> hops = new LinkedBlockingQueue<>();

    @Test
    void chainIsStoppedAfterSixteenInvocations_andItsEventIsADeadLetter() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().onAttempt(hops::add)
                .function("f", spec -> spec.handler(invoking("f"))).start()) {
            lambda.invokeAsync("f", "100");

            List<InvocationAttempt> all = hops(17);
            assertThat(all).extracting(InvocationAttempt::outcome).filteredOn(InvocationAttempt.OK::equals).hasSize(16);
            assertThat(all).extracting(InvocationAttempt::chain)
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 17).boxed().toList());
            InvocationAttempt stopped = all.stream().filter(hop -> hop.outcome().equals(DeadLetter.RECURSIVE_INVOCATION))
                    .findFirst()
                    .orElseThrow();
            assertThat(stopped.chain()).isEqualTo(17);
            DeadLetter letter = lambda.deadLetters().get(0);
            assertThat(letter.condition()).isEqualTo("RecursiveInvocation");
            assertThat(letter.attempts()).isZero();
            assertThat(letter.payload()).isEqualTo("84");
            assertThat(letter.requestId()).isEqualTo(stopped.requestId());
            assertThat(letter.lastResult().payload()).contains("function f", "recursiveLoop(ALLOW)");
        }
    }

    @Test
    void chainGoesOn_whenItIsAllowed() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().onAttempt(hops::add)
                .function("f", spec -> spec.recursiveLoop(RecursiveLoop.ALLOW).handler(invoking("f"))).start()) {
            lambda.invokeAsync("f", "1000");

            assertThat(hops(1001)).extracting(InvocationAttempt::outcome).containsOnly(InvocationAttempt.OK);
            assertThat(lambda.deadLetters()).isEmpty();
        }
    }

    @Test
    void eachFunctionIsCountedForItself_whenSeveralInvokeEachOther() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().onAttempt(hops::add)
                .function("ping", spec -> spec.recursiveLoop(RecursiveLoop.ALLOW).handler(invoking("pong")))
                .function("pong", spec -> spec.handler(invoking("ping"))).start()) {
            lambda.invokeAsync("ping", "100");

            List<InvocationAttempt> all = hops(34);
            assertThat(all).filteredOn(hop -> hop.function().equals("ping")).hasSize(17);
            assertThat(lambda.deadLetters()).extracting(DeadLetter::function).containsExactly("pong");
        }
    }

    @Test
    void syncInvocationIsRefused_overTheSdkPathToo() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().onAttempt(hops::add)
                .function("f", spec -> spec.handler((event, context) -> ("\"" + context.traceHeader() + "\"").getBytes()))
                .start()) {
            String url = lambda.endpoint() + "/2015-03-31/functions/f/invocations";
            String trace = null;
            for (int i = 0; i < 16; i++) {
                HttpResponse<String> response = invoke(url, trace);
                assertThat(response.statusCode()).isEqualTo(200);
                trace = HttpCalls.json(response).asText();
            }
            assertThat(trace).matches(".*;Lineage=1:[0-9a-f]{8}:15");

            HttpResponse<String> refused = invoke(url, trace);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.headers().firstValue("x-amzn-ErrorType")).hasValue("RecursiveInvocationException");
            assertThat(hops(17)).last().extracting(InvocationAttempt::outcome).isEqualTo(DeadLetter.RECURSIVE_INVOCATION);
            assertThat(invoke(url, null).statusCode()).isEqualTo(200);
            assertThat(lambda.deadLetters()).isEmpty();
        }
    }

    private static HttpResponse<String> invoke(String url, String trace) throws Exception {
        HttpRequest.Builder request = HttpCalls.request(url).POST(HttpRequest.BodyPublishers.ofString("{}"));
        return HttpCalls.send(trace == null ? request : request.header("X-Amzn-Trace-Id", trace));
    }

    /** Its event is how many invocations are still to follow. */
    private static FunctionHandler invoking(String function) {
        return (event, context) -> {
            int left = Integer.parseInt(new String(event, StandardCharsets.UTF_8));
            if (left > 0) {
                context.invokeAsync(function, Integer.toString(left - 1));
            }
            return event;
        };
    }

    private List<InvocationAttempt> hops(int count) throws InterruptedException {
        List<InvocationAttempt> all = new ArrayList<>();
        while (all.size() < count) {
            InvocationAttempt hop = hops.poll(20, TimeUnit.SECONDS);
            assertThat(hop).as("hop %d of %d", all.size() + 1, count).isNotNull();
            all.add(hop);
        }
        return all;
    }
}
