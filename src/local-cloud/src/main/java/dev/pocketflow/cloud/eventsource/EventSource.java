package dev.pocketflow.cloud.eventsource;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.sqs.SqsClient;
import dev.pocketflow.testing.http.DaemonThreads;

/**
 * An event source mapping: it receives messages from a queue, invokes a function, and deletes the messages that are done. SQS
 * delivers the others again.
 */
public final class EventSource implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EventSource.class.getName());

    private final EventSourceSpec spec;
    private final SqsClient sqs;
    private final LocalLambda lambda;
    private final Semaphore free;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread poller;

    private EventSource(EventSourceSpec spec, SqsClient sqs, LocalLambda lambda) {
        this.spec = spec;
        this.sqs = sqs;
        this.lambda = lambda;
        free = new Semaphore(lambda.concurrency(spec.function));
        poller = DaemonThreads.named("event-source-" + spec.queue).newThread(this::poll);
    }

    /** @throws LambdaException when there is no such function */
    public static EventSource start(EventSourceSpec spec, SqsClient sqs, LocalLambda lambda) {
        EventSource source = new EventSource(spec, sqs, lambda);
        source.poller.start();
        return source;
    }

    /** Stops receiving. Messages of invocations that still run are deleted when they are done. */
    @Override
    public void close() {
        closed.countDown();
        poller.interrupt();
    }

    private void poll() {
        try {
            while (closed.getCount() > 0) {
                free.acquire(); // never more than the function can handle: otherwise messages grow old while they wait for it
                JsonNode messages = receive();
                if (messages.isEmpty()) {
                    free.release();
                    continue;
                }
                CompletableFuture.allOf(SqsEvent.of(spec.queue, messages).stream().map(this::invoke)
                        .toArray(CompletableFuture[]::new)).whenComplete((nothing, failure) -> free.release());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private JsonNode receive() throws InterruptedException {
        ObjectNode request = SqsClient.receiveAll(sqs.forQueue(spec.queue), spec.batchSize, SqsClient.LONG_POLL);
        try {
            return sqs.call("ReceiveMessage", request).get().path("Messages");
        } catch (ExecutionException e) {
            if (closed.getCount() > 0) {
                LOG.log(Level.WARNING, "Cannot receive from queue {0}: {1}", spec.queue, e.getCause().getMessage());
                closed.await(1, TimeUnit.SECONDS);
            }
            return MissingNode.getInstance();
        }
    }

    private CompletableFuture<?> invoke(SqsEvent event) {
        try {
            int times = spec.deliveries.getAsInt();
            CompletableFuture<?> first = deliver(event)
                    .thenCompose(result -> delete(event.done(result, spec.reportBatchItemFailures)))
                    .exceptionally(this::log);
            for (int again = 1; again < times; again++) {
                deliver(event).exceptionally(this::log);
            }
            return first;
        } catch (LambdaException e) {
            log(e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletableFuture<InvokeResult> deliver(SqsEvent event) {
        return lambda.sync(spec.function, LambdaInvocation.of(event.json(), event.traceHeader(), null));
    }

    private CompletableFuture<?> delete(List<JsonNode> done) {
        if (done.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        ObjectNode request = sqs.forQueue(spec.queue);
        ArrayNode entries = request.putArray("Entries");
        done.forEach(message -> entries.addObject().put("Id", Integer.toString(entries.size()))
                .put("ReceiptHandle", message.path("ReceiptHandle").asText()));
        return sqs.call("DeleteMessageBatch", request);
    }

    private <T> T log(Throwable failure) {
        if (closed.getCount() > 0) {
            LOG.log(Level.WARNING,
                    "Messages of queue {0} will be delivered again. Function {1} did not get them, or they were not deleted: "
                            + "{2}",
                    spec.queue, spec.function, failure.getMessage());
        }
        return null;
    }
}
