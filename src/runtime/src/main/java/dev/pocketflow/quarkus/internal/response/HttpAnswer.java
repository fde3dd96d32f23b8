package dev.pocketflow.quarkus.internal.response;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import dev.pocketflow.FlowException;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.cloudevent.CloudEventAttributes;

/**
 * An answer over HTTP, from a server or from Lambda.
 *
 * @param headers with the content type
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    public static final String TYPE = "Content-Type";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    public static HttpAnswer of(int status, String type, byte[] body) {
        return new HttpAnswer(status, Map.of(TYPE, type), body);
    }

    public static HttpAnswer of(HopResponse outcome) {
        return of(outcome.status(), JSON, outcome.json());
    }

    /** {@return an outcome as a CloudEvent} A Knative broker treats an answer that is not an event as a failed delivery. */
    public static HttpAnswer cloudEvent(String flow, HopResponse outcome) {
        return of(outcome).with("ce-specversion", "1.0").with("ce-id", UUID.randomUUID().toString())
                .with("ce-source", CloudEventAttributes.encoded("/" + CloudEventAttributes.segment(flow)))
                .with("ce-type", "dev.pocketflow.outcome");
    }

    /** {@return the answer to a request for a flow that cannot be started} */
    public static HttpAnswer noFlow(String name, List<String> flows) {
        return problem(404, "Not Found",
                "there is no flow '" + LogText.of(name) + "' to start here. The flows are " + flows);
    }

    public static HttpAnswer problem(int status, String title, String detail) {
        return of(status, PROBLEM, HopResponse.problem(status, title, detail));
    }

    /**
     * {@return the answer to a run that was not begun} @throws RuntimeException the failure itself, if it is of another kind
     */
    public static HttpAnswer problem(RuntimeException failure) {
        if (failure instanceof CompletionException && failure.getCause() instanceof RuntimeException cause) {
            return problem(cause);
        } else if (failure instanceof BadEvent event) {
            return of(event.status(), PROBLEM, HopResponse.problem(event));
        } else if (failure instanceof EnvelopeRefused envelope) {
            HopResponse refused = HopResponse.refused(envelope);
            HttpAnswer answer = of(refused.status(), PROBLEM, refused.json());
            return envelope.reason() == EnvelopeRefused.Reason.BUSY ? answer.with("Retry-After", "5") : answer;
        } else if (failure instanceof HandOverFailed || failure instanceof LedgerFailed) {
            return unavailable((FlowException) failure);
        }
        throw failure;
    }

    private static HttpAnswer unavailable(FlowException service) {
        return problem(503, "Service Unavailable", service.getMessage());
    }

    /** {@return the same answer with one more header} */
    public HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, more, body);
    }
}
