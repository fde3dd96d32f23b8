package dev.pocketflow.cloud.lambda;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.lambda.AsyncInvoker.Delivery;
import dev.pocketflow.cloud.sqs.SqsClient;
import dev.pocketflow.cloud.sqs.SqsMessage;

/** Sends discarded events to the dead-letter queue and the on-failure destination of their function. */
final class Burial {

    private static final System.Logger LOG = System.getLogger(Burial.class.getName());
    private static final int MESSAGE_BYTES = 1024;

    private final LocalLambda lambda;
    private final SqsClient sqs;

    /** @param sqs null without queues */
    Burial(LocalLambda lambda, SqsClient sqs) {
        this.lambda = lambda;
        this.sqs = sqs;
    }

    /**
     * Sends an event to both. The result completes when both have it. A failure to send is logged and loses the event, as on
     * Lambda.
     */
    CompletableFuture<Void> bury(DeadLetter letter, Delivery delivery) {
        FunctionSpec spec = delivery.host().spec();
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        if (spec.deadLetterQueue != null) {
            done = logged(spec.deadLetterQueue, letter, SqsMessage.of(letter.payload())
                    .with("RequestID", "String", letter.requestId())
                    .with("ErrorCode", "Number", letter.attempts() == 0 ? "400" : "200")
                    .with("ErrorMessage", "String", shortened(LambdaError.message(letter.lastResult())))
                    .traced(delivery.invocation().trace().header()));
        }
        if (spec.onFailure instanceof Destination.Queue queue) {
            done = CompletableFuture.allOf(done, logged(queue.name(), letter,
                    SqsMessage.of(letter.invocationRecord()).traced(delivery.invocation().trace().header())));
        } else if (spec.onFailure instanceof Destination.Function function) {
            invoke(function.name(), letter, delivery);
        }
        return done;
    }

    private CompletableFuture<Void> logged(String queue, DeadLetter letter, SqsMessage message) {
        return sqs.send(queue, message).handle((id, failure) -> {
            if (failure != null) {
                LOG.log(Level.WARNING, "Cannot send dead letter {0} of {1} to queue {2}: {3}", letter.requestId(),
                        letter.function(), queue, failure.getMessage());
            }
            return null;
        });
    }

    private void invoke(String function, DeadLetter letter, Delivery delivery) {
        try {
            lambda.async(function, LambdaInvocation.of(letter.invocationRecord().getBytes(StandardCharsets.UTF_8),
                    delivery.invocation().trace().header(), null));
        } catch (LambdaException e) {
            LOG.log(Level.WARNING, "Cannot send the record of {0} of {1} to function {2}: {3}", letter.requestId(),
                    letter.function(), function, e.getMessage());
        }
    }

    /** Cuts a message to 1 KiB. An empty message becomes a dash, since SQS accepts no empty attribute. */
    private static String shortened(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MESSAGE_BYTES) {
            return message.isEmpty() ? "-" : message;
        }
        int end = MESSAGE_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--; // not through the middle of a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
