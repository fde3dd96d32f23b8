package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import dev.pocketflow.Run;
import dev.pocketflow.quarkus.RunFailed;

/**
 * The function on AWS Lambda: an event starts a run, its outcome is the response. A failed run is an error to Lambda, so
 * that retries, dead-letter queues and metrics see it.
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
        Run run = function.run(Events.direct(event.readAllBytes()),
                () -> Duration.ofMillis(context.getRemainingTimeInMillis()), null);
        Answer answer = function.start(run); // no error gets out: the poll loop reports exceptions only, and ends with an error
        if (!answer.completed()) {
            throw new RunFailed("run " + run.id() + ", " + answer.message());
        }
        response.write(answer.json());
    }
}
