package dev.pocketflow.quarkus.internal.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunFailed;
import dev.pocketflow.quarkus.config.HandOverConfig.Input;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/**
 * The function on AWS Lambda. An event starts or resumes a run, and the outcome is the response. A failed run is an error to
 * Lambda, so that retries, dead-letter queues and metrics count it. In a batch of SQS messages, the messages whose runs failed
 * are reported and delivered again (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch responses</a>). An HTTP
 * request is answered by HTTP, also if its run fails.
 */
@Singleton
@Named("pocketflow")
public class LambdaEntryPoint implements RequestStreamHandler {

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">The time limit of an invocation</a> */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final FlowFunction function;
    private final HttpEventRouter router;
    private final LambdaInputs inputs;
    private final Instance<PocketFlowConfig> config;

    LambdaEntryPoint(FlowFunction function, HttpEventRouter router, LambdaInputs inputs, Instance<PocketFlowConfig> config) {
        this.function = function;
        this.router = router;
        this.inputs = inputs;
        this.config = config;
    }

    @Override
    @ActivateRequestContext
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        byte[] json = event.readAllBytes();
        Supplier<Duration> left = left(context);
        Input part = config.get().lambda().input();
        List<SqsBatchEvent.Message> messages = SqsBatchEvent.messages(json);
        if (messages != null) {
            response.write(SqsBatchEvent.work(messages,
                    message -> answer(EventParser.direct(message.body()).withIdentity(EventIdentity.Kind.SQS, message.id()),
                            left)));
            return;
        }
        boolean asItIs = part == Input.EVENT || EventParser.isSent(json); // an envelope may be large: it is not searched
        byte[] http = asItIs ? null : router.answer(json, left);
        // Lambda delivers an event again under the same id
        response.write(http != null ? http
                : answer(inputs.of(json, asItIs ? Input.EVENT : part).withIdentity(EventIdentity.Kind.LAMBDA,
                        context.getAwsRequestId()), left));
    }

    /** Quarkus's event server of dev mode and tests gives no deadline, and its time left is any number. */
    private static Supplier<Duration> left(Context context) {
        boolean known = Math.abs((long) context.getRemainingTimeInMillis()) <= LONGEST.toMillis();
        return known ? () -> Duration.ofMillis(context.getRemainingTimeInMillis()) : () -> LONGEST;
    }

    private byte[] answer(EntryEvent input, Supplier<Duration> left) {
        try {
            BegunHop hop = function.begin(input, HopEngine.Caller.PLAIN.within(left));
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
