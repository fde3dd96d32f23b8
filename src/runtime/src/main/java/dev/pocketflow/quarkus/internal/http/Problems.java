package dev.pocketflow.quarkus.internal.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;

/** Answers exceptions of runs as problem details, also where the application's own endpoints start them by {@code Flows}. */
@Singleton
public class Problems {

    static Response response(HttpAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    @ServerExceptionMapper
    public Response answer(BadEvent event) {
        return response(HttpAnswer.problem(event));
    }

    @ServerExceptionMapper
    public Response answer(EnvelopeRefused envelope) {
        return response(HttpAnswer.problem(envelope));
    }

    @ServerExceptionMapper
    public Response answer(HandOverFailed claimCheck) {
        return response(HttpAnswer.problem(claimCheck));
    }

    @ServerExceptionMapper
    public Response answer(LedgerFailed ledger) {
        return response(HttpAnswer.problem(ledger));
    }

}
