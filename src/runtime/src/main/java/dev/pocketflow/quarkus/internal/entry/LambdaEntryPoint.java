package dev.pocketflow.quarkus.internal.entry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunFailed;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/**
 * The function on AWS Lambda. An event starts or resumes a run, and the outcome is the response. A failed run is an error to
 * Lambda, so that retries, dead-letter queues and metrics count it. In a batch of SQS messages, the messages whose runs failed
 * are reported and delivered again (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch responses</a>).
 */
@Singleton
@Named("pocketflow")
public class LambdaEntryPoint implements RequestStreamHandler {

    private final FlowFunction function;

    LambdaEntryPoint(FlowFunction function) {
        this.function = function;
    }

    @Override
    @ActivateRequestContext
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        byte[] json = event.readAllBytes();
        List<SqsBatchEvent.Message> messages = SqsBatchEvent.messages(json);
        response.write(messages == null ? answer(json, EventIdentity.Kind.LAMBDA, context.getAwsRequestId(), context)
                : SqsBatchEvent.work(messages,
                        message -> answer(message.body(), EventIdentity.Kind.SQS, message.id(), context)));
    }

    /** Identifies the event by its id: Lambda delivers an event again under the same id. */
    private byte[] answer(byte[] event, EventIdentity.Kind kind, String id, Context context) {
        try {
            EntryEvent input = EventParser.direct(event).withIdentity(kind, id);
            BegunHop hop = function.begin(input,
                    HopEngine.Caller.PLAIN.within(() -> Duration.ofMillis(context.getRemainingTimeInMillis())));
            HopResponse answer = hop.start(); // throws no error, which would end the poll loop
            if (answer.failed()) {
                throw new RunFailed("run " + hop.run() + ", " + answer.message());
            }
            return answer.json();
        } catch (EnvelopeRefused refused) { // Lambda shows only the class and the message of an exception
            throw new EnvelopeRefused(refused.reason(), refused.reason() + ": " + refused.getMessage());
        }
    }
}
