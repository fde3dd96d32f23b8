package dev.pocketflow.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Delivers events nobody waits for: tries again later when the function fails, and keeps what failed for good. */
final class AsyncInvoker implements AutoCloseable {

    private final List<Duration> retryDelays;
    private final BiConsumer<Duration, Runnable> timer;
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private final Set<CompletableFuture<InvokeResult>> open = ConcurrentHashMap.newKeySet();

    AsyncInvoker(List<Duration> retryDelays, BiConsumer<Duration, Runnable> timer) {
        this.retryDelays = retryDelays;
        this.timer = timer;
    }

    AsyncInvocation submit(String function, FunctionHost host, Invocation invocation) {
        CompletableFuture<InvokeResult> completion = new CompletableFuture<>();
        open.add(completion);
        completion.whenComplete((result, failure) -> open.remove(completion));
        attempt(new Delivery(function, host, invocation, completion), 1);
        return new AsyncInvocation(invocation.requestId(), completion);
    }

    List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    @Override
    public void close() {
        open.forEach(completion -> completion.completeExceptionally(new IllegalStateException("The local lambda was closed")));
    }

    private void attempt(Delivery delivery, int number) {
        delivery.host.submit(delivery.invocation.again()).whenComplete((result, failure) -> {
            if (failure != null) {
                delivery.completion.completeExceptionally(failure);
            } else if (result.failed() && number <= retryDelays.size()) {
                timer.accept(retryDelays.get(number - 1), () -> attempt(delivery, number + 1));
            } else {
                if (result.failed()) {
                    deadLetters.add(delivery.deadLetter(number, result));
                }
                delivery.completion.complete(result);
            }
        });
    }

    private record Delivery(String function, FunctionHost host, Invocation invocation,
            CompletableFuture<InvokeResult> completion) {

        DeadLetter deadLetter(int attempts, InvokeResult result) {
            return new DeadLetter(function, invocation.requestId(), new String(invocation.payload(), StandardCharsets.UTF_8),
                    attempts, result);
        }
    }
}
