package dev.pocketflow.quarkus.internal.http;

import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** The status of runs over HTTP. The build puts it at {@code runs} below {@code quarkus.pocketflow.http.path}. */
@Singleton
public class HttpStatusEntryPoint {

    private final HttpRuns runs;

    HttpStatusEntryPoint(HttpRuns runs) {
        this.runs = runs;
    }

    @GET
    @Path("{run}")
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> status(@PathParam("run") String run, @Context HttpHeaders headers,
            @Context SecurityContext security) {
        return runs.status(run, headers, security);
    }
}
