package dev.pocketflow.quarkus.internal.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/** Answers exceptions of runs as problem details, also where the application's own endpoints start them by {@code Flows}. */
@Singleton
public class Problems {

    private final HttpDoor door;

    Problems(HttpDoor door) {
        this.door = door;
    }

    static Response refused(BadEvent event) {
        return Response.status(event.status()).type("application/problem+json").entity(HopResponse.problem(event)).build();
    }

    @ServerExceptionMapper
    public Response answer(BadEvent event) {
        return refused(event);
    }

    @ServerExceptionMapper
    public Response answer(EnvelopeRefused envelope) {
        HopResponse answer = HopResponse.refused(envelope);
        Response.ResponseBuilder response = Response.status(answer.status()).type("application/problem+json")
                .entity(answer.json());
        return envelope.reason() == EnvelopeRefused.Reason.BUSY ? response.header("Retry-After", 5).build() : response.build();
    }

    @ServerExceptionMapper
    public Response answer(HandOverFailed claimCheck) {
        return unavailable(claimCheck);
    }

    @ServerExceptionMapper
    public Response answer(LedgerFailed ledger) {
        return unavailable(ledger);
    }

    @ServerExceptionMapper
    public Response answer(Overloaded overloaded) {
        door.warn(overloaded);
        Response.ResponseBuilder response = Response.status(overloaded.status()).type("application/problem+json")
                .entity(overloaded.problem());
        return overloaded.status() == 503 ? response.header("Retry-After", Overloaded.RETRY_AFTER_SECONDS).build()
                : response.build();
    }

    private static Response unavailable(FlowException failure) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE).type("application/problem+json")
                .entity(HopResponse.problem(503, "Service Unavailable", failure.getMessage())).build();
    }
}
