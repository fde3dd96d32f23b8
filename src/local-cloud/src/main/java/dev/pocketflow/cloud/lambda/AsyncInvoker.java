package dev.pocketflow.cloud.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationRecord;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.lambda.FunctionHost.EventTooOld;

/** Delivers asynchronous events. It retries later when the function fails, and discards an event after the last attempt. */
final class AsyncInvoker implements AutoCloseable {

    private final List<Duration> retryDelays;
    private final BiConsumer<Duration, Runnable> timer;
    private final InstantSource clock;
    private final BiFunction<DeadLetter, Delivery, CompletableFuture<Void>> burial;
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private final Set<CompletableFuture<InvokeResult>> open = ConcurrentHashMap.newKeySet();

    AsyncInvoker(List<Duration> retryDelays, BiConsumer<Duration, Runnable> timer, InstantSource clock,
            BiFunction<DeadLetter, Delivery, CompletableFuture<Void>> burial) {
        this.retryDelays = retryDelays;
        this.timer = timer;
        this.clock = clock;
        this.burial = burial;
    }

    /** Accepts an event that enters a function. */
    AsyncInvocation submit(FunctionHost host, LambdaInvocation invocation) {
        CompletableFuture<InvokeResult> completion = new CompletableFuture<>();
        open.add(completion);
        completion.whenComplete((result, failure) -> open.remove(completion));
        Delivery delivery = new Delivery(host, invocation, clock.instant().plus(host.spec().eventAge), completion);
        String recursion = host.recursion(invocation);
        if (recursion == null) {
            attempt(delivery, 1, null);
        } else {
            notAsked(delivery, 0, DeadLetter.RECURSIVE_INVOCATION, recursion, null);
        }
        return new AsyncInvocation(invocation.requestId(), completion);
    }

    List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    void forgetDeadLetters() {
        deadLetters.clear();
    }

    @Override
    public void close() {
        open.forEach(completion -> completion.completeExceptionally(new IllegalStateException("The local lambda was closed")));
    }

    private void attempt(Delivery delivery, int number, InvokeResult last) {
        delivery.host.submit(delivery.invocation.attempt(number, delivery.lastMoment)).whenComplete((result, failure) -> {
            if (failure instanceof EventTooOld) {
                notAsked(delivery, number - 1, DeadLetter.EVENT_AGE_EXCEEDED, failure.getMessage(), last);
            } else if (failure != null) {
                delivery.completion.completeExceptionally(failure);
            } else if (!result.failed()) {
                delivery.completion.complete(result);
            } else if (number <= Math.min(delivery.host.spec().retryAttempts, retryDelays.size())) {
                timer.accept(retryDelays.get(number - 1), () -> attempt(delivery, number + 1, result));
            } else {
                bury(delivery, DeadLetter.RETRIES_EXHAUSTED, number, result, result, () -> {
                });
            }
        });
    }

    private void notAsked(Delivery delivery, int attempts, String condition, String reason, InvokeResult last) {
        LambdaInvocation invocation = delivery.invocation.attempt(attempts + 1, null);
        InvokeResult refused = InvokeResult.of(invocation, LambdaError.notAsked(invocation.requestId(), condition, reason), "",
                Duration.ZERO, Duration.ZERO);
        bury(delivery, condition, attempts, last == null ? refused : last, last,
                () -> delivery.host.report(invocation, refused));
    }

    private void bury(Delivery delivery, String condition, int attempts, InvokeResult result, InvokeResult answered,
            Runnable report) {
        FunctionSpec spec = delivery.host.spec();
        String id = delivery.invocation.requestId();
        String payload = new String(delivery.invocation.payload(), StandardCharsets.UTF_8);
        DeadLetter letter = new DeadLetter(spec.name, id, payload, condition, attempts, result,
                InvocationRecord.of(clock.instant(), spec.arn(), id, condition, attempts, payload, answered));
        deadLetters.add(letter);
        report.run();
        burial.apply(letter, delivery).whenComplete((nothing, failure) -> delivery.completion.complete(result));
    }

    /** An event with all its attempts. */
    record Delivery(FunctionHost host, LambdaInvocation invocation, Instant lastMoment,
            CompletableFuture<InvokeResult> completion) {
    }
}
