package dev.pocketflow.quarkus.internal.http;

import java.util.Map;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;

/**
 * Every flow of the application over HTTP, at its name: {@code POST} as for the function's own flow, {@code GET} for the graph.
 * It is part of the application if {@code quarkus.pocketflow.http.flows} is {@code all}.
 */
@Singleton
public class HttpFlowsEntryPoint {

    private final FlowFunction function;
    private final HttpRuns runs;

    HttpFlowsEntryPoint(FlowFunction function, HttpRuns runs) {
        this.function = function;
        this.runs = runs;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response names() {
        return Response.ok(HopResponse.json(Map.of("flows", function.startable())), MediaType.APPLICATION_JSON_TYPE).build();
    }

    @POST
    @Path("{flow}")
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> run(@PathParam("flow") String name, byte[] body, @Context HttpHeaders headers,
            @Context SecurityContext security, @Context RoutingContext http) {
        return runs.run(flow(name), new HttpRuns.Request(body, headers, security, http));
    }

    @POST
    @Blocking
    @Path("{flow}")
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    public Multi<OutboundSseEvent> stream(@PathParam("flow") String name, byte[] body, @Context HttpHeaders headers,
            @Context SecurityContext security, @Context Sse sse, @Context RoutingContext http) {
        return runs.stream(flow(name), new HttpRuns.Request(body, headers, security, http), sse);
    }

    @GET
    @Path("{flow}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response graph(@PathParam("flow") String name) {
        return runs.graph(flow(name));
    }

    @GET
    @Path("{flow}")
    @Produces(FlowGraphView.SCHEMA + ";qs=0.5")
    public Response schema(@PathParam("flow") String name) {
        return runs.schema(flow(name));
    }

    @GET
    @Path("{flow}")
    @Produces(FlowGraphView.MERMAID + ";qs=0.5")
    public Response mermaid(@PathParam("flow") String name) {
        return runs.mermaid(flow(name));
    }

    private Flow flow(String name) {
        if (!function.startable().contains(name)) {
            throw new NotFoundException(Problems.response(HttpAnswer.noFlow(name, function.startable())));
        }
        return function.flows().get(name);
    }
}
